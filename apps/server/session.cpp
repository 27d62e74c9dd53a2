#include "apps/server/session.h"

#include <array>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/http/span_body.hpp>
#include <optional>

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

std::string text(beast::string_view view) {
  return {view.data(), view.size()};
}

// Host without its port.
std::string host_name(const std::string& host) {
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

// One connection, from its first request to its last.
class Session : public Waiting::Client, public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket&& socket, Shared& shared)
      : stream_(std::move(socket)), timer_(stream_.get_executor()), shared_(shared) {
    ++shared_.connections;
  }
  ~Session() override { --shared_.connections; }

  void begin() {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this()] { self->read(); });
  }
  void give_way() override {
    asio::post(stream_.get_executor(), [self = shared_from_this()] {
      if (self->is_waiting_) self->stream_.close();
    });
  }

 private:
  void read() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(shared_.options.limits.header_bytes));
    parser_->body_limit(shared_.options.limits.body_bytes);
    stream_.expires_after(shared_.options.limits.to_read);
    is_waiting_ = true;
    const Waiting::Place place = shared_.waiting.add(weak_from_this());
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this(), place](error_code error, std::size_t) {
                       self->is_waiting_ = false;
                       self->shared_.waiting.remove(place);
                       self->on_read(error);
                     });
  }

  void on_read(error_code error) {
    if (error == http::error::end_of_stream || error == asio::error::connection_reset) return close();
    if (error == beast::error::timeout || error == asio::error::operation_aborted) return;  // closed already
    if (error == http::error::body_limit) return refuse(413, "the body is too large");
    if (error == http::error::header_limit) return refuse(431, "the header is too large");
    if (error) return refuse(400, "this is no HTTP request");
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

  // Refuses what was not read to its end.
  void refuse(int status, const std::string& reason) {
    has_more_ = true;
    write(refusal(status, reason), false);
  }

  void write(Response response, bool keep_alive) {
    response_ = std::move(response);
    if (response_.stream) keep_alive = false;
    answer_ = {};
    answer_.version(11);
    answer_.result(static_cast<unsigned>(response_.status));
    answer_.set(http::field::content_type, response_.content_type);
    answer_.set("Content-Security-Policy", beast::string_view(kPolicy.data(), kPolicy.size()));
    answer_.set("X-Content-Type-Options", "nosniff");
    answer_.set("Referrer-Policy", "no-referrer");
    answer_.set(http::field::cache_control, "no-store");
    answer_.keep_alive(keep_alive);
    if (!response_.stream) {
      answer_.body() = {response_.text().data(), response_.text().size()};
      answer_.prepare_payload();
    }
    stream_.expires_after(shared_.options.limits.to_write);
    if (response_.stream) {
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
    Piece piece = response_.stream();
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
    if (!has_more_) return;
    stream_.expires_after(shared_.options.limits.to_read);
    is_waiting_ = true;  // gives way to one who asks
    drain(shared_.options.limits.drained_bytes, shared_.waiting.add(weak_from_this()));
  }

  // Reads on for a while what nobody wants: a socket that is closed before it is read out resets the
  // connection, and the client would not see why it was refused.
  void drain(std::size_t most, Waiting::Place place) {
    stream_.async_read_some(asio::buffer(drained_),
                            [self = shared_from_this(), most, place](error_code error, std::size_t size) {
                              if (!error && size < most) return self->drain(most - size, place);
                              self->shared_.waiting.remove(place);
                            });
  }

  beast::tcp_stream stream_;
  asio::steady_timer timer_;
  Shared& shared_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  Response response_;
  http::response<http::span_body<const char>> answer_;
  std::optional<http::response_serializer<http::span_body<const char>>> header_;
  std::string piece_;
  std::array<char, 4096> drained_{};
  bool has_more_ = false;  // of the request than was read
  bool is_last_ = false;
  bool is_waiting_ = false;  // for a whole request
};

}  // namespace

Waiting::Place Waiting::add(std::weak_ptr<Client> client) {
  const std::scoped_lock lock(mutex_);
  return clients_.insert(clients_.end(), std::move(client));
}

void Waiting::remove(Place place) {
  const std::scoped_lock lock(mutex_);
  clients_.erase(place);
}

bool Waiting::ask_to_give_way() {
  std::shared_ptr<Client> client;
  {
    const std::scoped_lock lock(mutex_);
    if (clients_.empty()) return false;
    client = clients_.front().lock();
    clients_.splice(clients_.end(), clients_, clients_.begin());
  }
  if (client) client->give_way();
  return client != nullptr;
}

void begin_session(tcp::socket&& socket, Shared& shared) {
  std::make_shared<Session>(std::move(socket), shared)->begin();
}

}  // namespace gerbang::server
