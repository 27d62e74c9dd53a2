#include "gerbang/io/file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "gerbang/base/hash.h"
#include "gerbang/io/content_store.h"

namespace gerbang::io {
namespace {

namespace fs = std::filesystem;

class FileTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() / ("gerbang_file_" + std::to_string(::getpid()) + "_" + test->name());
    fs::remove_all(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] std::size_t file_count() const {
    return static_cast<std::size_t>(std::distance(fs::recursive_directory_iterator(folder_), {}));
  }

  fs::path folder_;
};

TEST_F(FileTest, ReadsBackWhatWasWritten) {
  const std::string bytes("a\0b\r\n\xFF", 6);
  write_file_atomically(folder_ / "deep" / "file", bytes);
  EXPECT_EQ(read_file(folder_ / "deep" / "file"), bytes);
  write_file_atomically(folder_ / "deep" / "file", "");
  EXPECT_EQ(read_file(folder_ / "deep" / "file"), "");
}

TEST_F(FileTest, LeavesNoTemporaryFileWhenItCannotWrite) {
  fs::create_directories(folder_ / "occupied" / "by a folder");
  EXPECT_THROW(write_file_atomically(folder_ / "occupied", "text"), std::system_error);
  EXPECT_EQ(file_count(), 2u);
  EXPECT_THROW(static_cast<void>(read_file(folder_ / "absent")), std::system_error);
  EXPECT_THROW(static_cast<void>(read_file(folder_)), std::system_error);
}

// Whoever reads while others write sees one whole file or the other.
TEST_F(FileTest, NeverShowsHalfAFile) {
  const fs::path path = folder_ / "file";
  const std::string all_a(200000, 'a');
  const std::string all_b(300000, 'b');
  write_file_atomically(path, all_a);
  std::vector<std::thread> writers;
  for (const std::string* text : {&all_a, &all_b}) {
    writers.emplace_back([&path, text] {
      for (int i = 0; i < 100; ++i) write_file_atomically(path, *text, Durability::kUnsynced);
    });
  }
  for (int i = 0; i < 200; ++i) {
    const std::string seen = read_file(path);
    EXPECT_TRUE(seen == all_a || seen == all_b);
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(file_count(), 1u);
}

TEST_F(FileTest, StoresContentUnderItsName) {
  const ContentStore store(folder_);
  const std::string name = sha256_hex("request");
  EXPECT_EQ(store.get(name), std::nullopt);
  EXPECT_TRUE(store.put(name, "outcome"));
  EXPECT_EQ(store.get(name), "outcome");
  EXPECT_TRUE(store.put(name, std::string(1, '\0')));
  EXPECT_EQ(store.get(name), std::string(1, '\0'));
  EXPECT_EQ(store.get(sha256_hex("other request")), std::nullopt);
  EXPECT_THROW(static_cast<void>(store.get("../escape")), std::invalid_argument);
}

TEST_F(FileTest, TakesATornOrAlteredEntryForNone) {
  const ContentStore store(folder_);
  const std::string name = sha256_hex("request");
  ASSERT_TRUE(store.put(name, "a long enough outcome"));
  const fs::path path = folder_ / name.substr(0, 2) / name;
  const std::string entry = read_file(path);
  for (std::size_t size = 0; size < entry.size(); ++size) {
    write_file_atomically(path, entry.substr(0, size), Durability::kUnsynced);
    EXPECT_EQ(store.get(name), std::nullopt) << size;
  }
  for (std::size_t at = 0; at < entry.size(); ++at) {
    std::string altered = entry;
    altered[at] = static_cast<char>(altered[at] ^ 1);
    write_file_atomically(path, altered, Durability::kUnsynced);
    EXPECT_EQ(store.get(name), std::nullopt) << at;
  }
  // An entry under another name is none either.
  const std::string other = sha256_hex("other request");
  write_file_atomically(folder_ / other.substr(0, 2) / other, entry, Durability::kUnsynced);
  EXPECT_EQ(store.get(other), std::nullopt);
}

TEST_F(FileTest, DoesWithoutADiskThatTakesNothing) {
  write_file_atomically(folder_ / "in the way", "a file where a folder should be");
  const ContentStore store(folder_ / "in the way");
  EXPECT_FALSE(store.put(sha256_hex("request"), "outcome"));
  EXPECT_EQ(store.get(sha256_hex("request")), std::nullopt);
}

}  // namespace
}  // namespace gerbang::io
