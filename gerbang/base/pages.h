// Memory of large tables. What is read row by row out of many tables lies on so many pages of the usual size
// that the processor forgets where they are; where the system has pages of 2 MB, it is asked for them.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

#if __has_include(<sys/mman.h>)
#include <sys/mman.h>
#endif

namespace gerbang {

// An allocator.
template <class T>
struct Pages {
  using value_type = T;

  Pages() = default;
  template <class U>
  explicit Pages(const Pages<U>& /*any is as good*/) {}

  T* allocate(std::size_t size) {
    const std::size_t bytes = size * sizeof(T);
    if (!is_large(size)) return std::allocator<T>().allocate(size);
    void* const memory = std::aligned_alloc(kPage, (bytes + kPage - 1) / kPage * kPage);
    if (memory == nullptr) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
    madvise(memory, bytes / kPage * kPage, MADV_HUGEPAGE);  // where it is refused, nothing is lost
#endif
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t size) {
    if (is_large(size)) {
      std::free(memory);
    } else {
      std::allocator<T>().deallocate(memory, size);
    }
  }
  friend bool operator==(const Pages&, const Pages&) {
    return true;
  }

 private:
  static constexpr std::size_t kPage = std::size_t{1} << 21;
  static bool is_large(std::size_t size) {
    return size >= kPage / sizeof(T);
  }
};

}  // namespace gerbang
