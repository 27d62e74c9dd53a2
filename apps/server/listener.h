// HTTP on a socket: reads requests within limits, hands them to a handler, writes what it answers. All that a
// stranger may send is bounded here: connections, header, body, and the time for each.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "apps/server/http.h"

namespace gerbang::server {

struct Limits {
  std::size_t connections = 256;
  std::size_t header_bytes = 16 * 1024;
  std::size_t body_bytes = 1024 * 1024;
  std::size_t drained_bytes = 4 * 1024 * 1024;  // of what is refused, so that the client can read why
  std::chrono::seconds to_read{10};             // one whole request, its first byte included
  std::chrono::seconds to_write{30};            // one whole answer, or one piece of it
  std::chrono::milliseconds between_pieces{100};
};

struct ListenerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any that is free
  std::string token;       // "": none is demanded
  std::size_t threads = 2;
  Limits limits = {};
};

using Handler = std::function<Response(const Request&)>;

class Listener {
 public:
  // Binds and listens; throws InputError when the address is none or is taken.
  Listener(ListenerOptions options, Handler handler);
  ~Listener();

  [[nodiscard]] std::uint16_t port() const;
  // Serves until stop().
  void run();
  // From any thread, or a signal handler's thread.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Whether only this machine can reach the address.
[[nodiscard]] bool is_loopback(const std::string& address);
// Text of the path with its percent escapes undone; "" when they are none.
[[nodiscard]] std::string undo_escapes(const std::string& path);
// Equal, in a time that depends on the lengths alone.
[[nodiscard]] bool is_same_secret(const std::string& a, const std::string& b);

}  // namespace gerbang::server
