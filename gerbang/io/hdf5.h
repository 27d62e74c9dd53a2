// Handles of the HDF5 library that close themselves, and files in memory.
#pragma once

#include <hdf5.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "gerbang/base/message.h"

namespace gerbang::io {

// What the library refused; the caller says what that means for the user's file.
class Hdf5Error : public std::runtime_error {
 public:
  explicit Hdf5Error(const Text& what) : runtime_error(std::string(what.en)), message_(what) {}
  [[nodiscard]] const Message& message() const { return message_; }

 private:
  Message message_;
};

class Hdf5Handle {
 public:
  using Close = herr_t (*)(hid_t);

  // Throws Hdf5Error where the library did not give a handle.
  Hdf5Handle(hid_t id, Close close, const Text& what) : id_(id), close_(close) {
    if (id_ < 0) throw Hdf5Error(what);
  }
  Hdf5Handle(Hdf5Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Hdf5Handle& operator=(Hdf5Handle&&) = delete;
  ~Hdf5Handle() {
    if (id_ >= 0) (void)close_(id_);
  }

  operator hid_t() const {
    return id_;
  }  // NOLINT(google-explicit-constructor): the library's functions take it

 private:
  hid_t id_;
  Close close_;
};

// Throws Hdf5Error with `what` where the library reports failure.
inline void hdf5_check(herr_t status, const Text& what) {
  if (status < 0) throw Hdf5Error(what);
}

// The library prints its stack of errors unless it is told not to; this one does so while it lives.
class Hdf5Silence {
 public:
  Hdf5Silence() {
    (void)H5Eget_auto2(H5E_DEFAULT, &print_, &context_);
    (void)H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  }
  ~Hdf5Silence() { (void)H5Eset_auto2(H5E_DEFAULT, print_, context_); }
  Hdf5Silence(const Hdf5Silence&) = delete;
  Hdf5Silence& operator=(const Hdf5Silence&) = delete;

 private:
  H5E_auto2_t print_ = nullptr;
  void* context_ = nullptr;
};

// A file that is read from these bytes.
[[nodiscard]] Hdf5Handle open_hdf5_image(std::string_view bytes);
// An empty file in memory; its bytes once everything else in it is closed.
[[nodiscard]] Hdf5Handle create_hdf5_image();
[[nodiscard]] std::string hdf5_image(const Hdf5Handle& file);

}  // namespace gerbang::io
