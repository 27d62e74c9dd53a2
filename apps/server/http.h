// What an endpoint is asked and answers: no socket, so that a test calls it as the server does.
#pragma once

#include <functional>
#include <string>

namespace gerbang::server {

struct Request {
  std::string method = "GET";
  std::string path;  // with its percent escapes undone, without the query
  std::string content_type;
  std::string body;
};

// A piece of an answer that goes on; is_last ends it.
struct Piece {
  std::string text;
  bool is_last = false;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  // Instead of the body: text that outlives the answer. However many read it, and however slowly, it is held
  // once.
  const std::string* kept = nullptr;
  std::function<Piece()> stream;  // when set: asked again and again, and the body is left out

  [[nodiscard]] const std::string& text() const { return kept != nullptr ? *kept : body; }
};

// {"error": reason}
[[nodiscard]] Response refusal(int status, const std::string& reason);

}  // namespace gerbang::server
