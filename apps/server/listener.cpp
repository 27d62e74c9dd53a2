#include "apps/server/listener.h"

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <optional>
#include <thread>
#include <vector>

#include "gerbang/base/error.h"

namespace gerbang::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;
using boost::system::error_code;

constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
    "worker-src blob:; connect-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// What all sessions share.
struct Shared {
  ListenerOptions options;
  Handler handler;
  std::atomic<std::size_t> connections = 0;
};

std::string text(beast::string_view view) {
  return {view.data(), view.size()};
}

// Host without its port.
std::string host_name(const std::string& host) {
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

// One connection, from its first request to its last.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket&& socket, Shared& shared)
      : stream_(std::move(socket)), timer_(stream_.get_executor()), shared_(shared) {
    ++shared_.connections;
  }
  ~Session() { --shared_.connections; }

  void begin() {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this()] { self->read(); });
  }

 private:
  void read() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(shared_.options.limits.header_bytes));
    parser_->body_limit(shared_.options.limits.body_bytes);
    stream_.expires_after(shared_.options.limits.to_read);
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](error_code error, std::size_t) { self->on_read(error); });
  }

  void on_read(error_code error) {
    if (error == http::error::end_of_stream || error == asio::error::connection_reset) return close();
    if (error == beast::error::timeout) return;  // the stream is closed already
    if (error == http::error::body_limit) return write(refusal(413, "the body is too large"), false);
    if (error == http::error::header_limit) return write(refusal(431, "the header is too large"), false);
    if (error) return write(refusal(400, "this is no HTTP request"), false);
    write(answer(), parser_->get().keep_alive());
  }

  // Refuses who must not ask; else asks the handler.
  Response answer() {
    const auto& message = parser_->get();
    const std::string target = text(message.target());
    Request request{.method = text(message.method_string()),
                    .path = undo_escapes(target.substr(0, target.find('?'))),
                    .content_type = text(message[http::field::content_type]),
                    .body = message.body()};
    if (!request.path.starts_with('/')) return refusal(400, "this path cannot be read");
    const std::string host = text(message[http::field::host]);
    const std::string origin = text(message[http::field::origin]);
    if (!origin.empty() && origin != "http://" + host) return refusal(403, "another site may not ask here");
    if (shared_.options.token.empty()) {
      const std::string name = host_name(host);
      if (name != "localhost" && name != "127.0.0.1" && name != "[::1]")
        return refusal(421, "ask for localhost or 127.0.0.1");
    } else if (request.path.starts_with("/api/") && !is_same_secret(text(message[http::field::authorization]),
                                                                    "Bearer " + shared_.options.token)) {
      return refusal(401, "the token is missing or wrong");
    }
    return shared_.handler(request);
  }

  void write(Response response, bool keep_alive) {
    if (response.stream) {
      produce_ = std::move(response.stream);
      keep_alive = false;
    }
    answer_ = {};
    answer_.version(11);
    answer_.result(static_cast<unsigned>(response.status));
    answer_.set(http::field::content_type, response.content_type);
    answer_.set("Content-Security-Policy", beast::string_view(kPolicy.data(), kPolicy.size()));
    answer_.set("X-Content-Type-Options", "nosniff");
    answer_.set("Referrer-Policy", "no-referrer");
    answer_.set(http::field::cache_control, "no-store");
    answer_.keep_alive(keep_alive);
    if (!produce_) {
      answer_.body() = std::move(response.body);
      answer_.prepare_payload();
    }
    stream_.expires_after(shared_.options.limits.to_write);
    if (produce_) {
      header_.emplace(answer_);
      http::async_write_header(stream_, *header_, [self = shared_from_this()](error_code error, std::size_t) {
        if (!error) self->next_piece();
      });
      return;
    }
    http::async_write(stream_, answer_,
                      [self = shared_from_this(), keep_alive](error_code error, std::size_t) {
                        if (error) return;
                        if (!keep_alive) return self->close();
                        self->read();
                      });
  }

  void next_piece() {
    Piece piece = produce_();
    is_last_ = piece.is_last;
    piece_ = std::move(piece.text);
    stream_.expires_after(shared_.options.limits.to_write);
    asio::async_write(stream_, asio::buffer(piece_),
                      [self = shared_from_this()](error_code error, std::size_t) {
                        if (error) return;
                        if (self->is_last_) return self->close();
                        self->timer_.expires_after(self->shared_.options.limits.between_pieces);
                        self->timer_.async_wait([self](error_code stopped) {
                          if (!stopped) self->next_piece();
                        });
                      });
  }

  void close() {
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  }

  beast::tcp_stream stream_;
  asio::steady_timer timer_;
  Shared& shared_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  http::response<http::string_body> answer_;
  std::optional<http::response_serializer<http::string_body>> header_;
  std::function<Piece()> produce_;
  std::string piece_;
  bool is_last_ = false;
};

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
      // Above the limit the socket is closed at once, so that those who are served stay served.
      if (!error && shared.connections < shared.options.limits.connections)
        std::make_shared<Session>(std::move(socket), shared)->begin();
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
