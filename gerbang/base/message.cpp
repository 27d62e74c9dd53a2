#include "gerbang/base/message.h"

namespace gerbang {

Message& Message::operator+=(const Message& more) {
  en_ += more.en_;
  id_ += more.id_;
  return *this;
}

Message verbatim(std::string_view text) {
  return {text, text};
}

}  // namespace gerbang
