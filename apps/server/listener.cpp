#include "apps/server/listener.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <thread>
#include <vector>

#include "apps/server/session.h"
#include "gerbang/base/error.h"

namespace gerbang::server {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using boost::system::error_code;

InputError cannot_listen(const ListenerOptions& options, const std::string& why) {
  return InputError(
      Fault{"--address",
            0,
            0,
            said({"tidak dapat mendengarkan di {}:{}: {}", "cannot listen on {}:{}: {}"}, options.address,
                 options.port, why),
            {"alamat mesin ini dan port yang bebas", "an address of this machine and a free port"}});
}

}  // namespace

struct Listener::State {
  explicit State(ListenerOptions options, Handler handler)
      : shared{std::move(options), std::move(handler)},
        io(static_cast<int>(shared.options.threads)),
        acceptor(asio::make_strand(io)) {}

  void open() {
    error_code error;
    const auto address = asio::ip::make_address(shared.options.address, error);
    if (error) throw cannot_listen(shared.options, error.message());
    const tcp::endpoint endpoint(address, shared.options.port);
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) throw cannot_listen(shared.options, error.message());
  }

  void accept() {
    acceptor.async_accept(asio::make_strand(io), [this](error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      // At the limit whoever has not said what it wants gives way; where all have, the new one is closed, so
      // that those who are served stay served.
      if (!error && (shared.connections < shared.options.limits.connections || make_room()))
        begin_session(std::move(socket), shared);
      if (error) {  // out of descriptors, say: wait a little instead of spinning
        pause.expires_after(std::chrono::milliseconds(50));
        pause.async_wait([this](error_code stopped) {
          if (!stopped) accept();
        });
        return;
      }
      accept();
    });
  }

  // Those who were asked to give way may take a moment; beyond twice the limit nobody is let in.
  bool make_room() {
    return shared.connections < 2 * shared.options.limits.connections && shared.waiting.ask_to_give_way();
  }

  Shared shared;
  asio::io_context io;
  tcp::acceptor acceptor;
  asio::steady_timer pause{io};
  asio::signal_set signals{io, SIGINT, SIGTERM};
};

Listener::Listener(ListenerOptions options, Handler handler)
    : state_(std::make_unique<State>(std::move(options), std::move(handler))) {
  state_->open();
}

Listener::~Listener() = default;

std::uint16_t Listener::port() const {
  return state_->acceptor.local_endpoint().port();
}

void Listener::run() {
  state_->signals.async_wait([this](error_code error, int) {
    if (!error) state_->io.stop();
  });
  state_->accept();
  std::vector<std::jthread> threads;
  for (std::size_t t = 1; t < state_->shared.options.threads; ++t)
    threads.emplace_back([this] { state_->io.run(); });
  state_->io.run();
}

void Listener::stop() {
  state_->io.stop();
}

bool is_loopback(const std::string& address) {
  error_code error;
  const auto parsed = asio::ip::make_address(address, error);
  return !error && parsed.is_loopback();
}

std::string undo_escapes(const std::string& path) {
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  std::string plain;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] != '%') {
      plain += path[i];
      continue;
    }
    if (i + 2 >= path.size() || digit(path[i + 1]) < 0 || digit(path[i + 2]) < 0) return "";
    plain += static_cast<char>(digit(path[i + 1]) * 16 + digit(path[i + 2]));
    i += 2;
  }
  return plain;
}

bool is_same_secret(const std::string& a, const std::string& b) {
  unsigned difference = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < a.size(); ++i)
    difference |=
        static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[b.empty() ? 0 : i % b.size()]);
  return difference == 0;
}

}  // namespace gerbang::server
