// One connection of the listener, from its first request to its last; and who of all connections has not yet
// sent a whole request.
#pragma once

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <list>
#include <memory>
#include <mutex>

#include "apps/server/listener.h"

namespace gerbang::server {

// Connections that wait for a whole request, the longest first. Where there are as many connections as there
// may be, the first of them gives way to a new one: who says nothing must not keep others out.
class Waiting {
 public:
  class Client {
   public:
    virtual ~Client() = default;
    virtual void give_way() = 0;  // closes, unless a request has come meanwhile; from any thread
  };
  using Place = std::list<std::weak_ptr<Client>>::iterator;

  Place add(std::weak_ptr<Client> client);
  void remove(Place place);
  // Asks the one that waits longest; it is then asked last. Whether there is any.
  bool ask_to_give_way();

 private:
  std::mutex mutex_;
  std::list<std::weak_ptr<Client>> clients_;
};

// What all sessions share.
struct Shared {
  ListenerOptions options;
  Handler handler;
  Waiting waiting = {};
  std::atomic<std::size_t> connections = 0;
};

void begin_session(boost::asio::ip::tcp::socket&& socket, Shared& shared);

}  // namespace gerbang::server
