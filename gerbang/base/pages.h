// Memory of tables, which begins where a line of the cache does, so that rows of whole lines lie in whole
// lines. What is read row by row out of many large tables lies on so many pages of the usual size that the
// processor forgets where they are; where the system has pages of 2 MB, it is asked for them.
#pragma once

#include <cstddef>
#include <cstdint>
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
    if (!is_large(size)) return on_a_line(bytes);
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
      ::operator delete(reinterpret_cast<void**>(memory)[-1]);
    }
  }
  friend bool operator==(const Pages&, const Pages&) {
    return true;
  }

 private:
  static constexpr std::size_t kPage = std::size_t{1} << 21;
  static constexpr std::size_t kLineOfCache = 64;

  // Ordinary memory, which comes faster than aligned memory: some more of it, from the first line that begins
  // within; before it stands where it begins itself.
  static T* on_a_line(std::size_t bytes) {
    static_assert(kLineOfCache >= 2 * sizeof(void*) && __STDCPP_DEFAULT_NEW_ALIGNMENT__ >= sizeof(void*));
    char* const memory = static_cast<char*>(::operator new(bytes + kLineOfCache));
    char* const line = memory + kLineOfCache - reinterpret_cast<std::uintptr_t>(memory) % kLineOfCache;
    reinterpret_cast<void**>(line)[-1] = memory;
    return reinterpret_cast<T*>(line);
  }
  static bool is_large(std::size_t size) {
    return size >= kPage / sizeof(T);
  }
};

}  // namespace gerbang
