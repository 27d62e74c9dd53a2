// The register's file: two writers at once, a process that is killed, a full disk, older and newer files.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <set>
#include <thread>

#include "gerbang/base/random.h"
#include "gerbang/register/exchange.h"
#include "gerbang/register/schema.h"
#include "gerbang/register/study_register.h"
#include "tests/register/two_cities.h"

namespace gerbang::registry {
namespace {

using namespace test;
namespace fs = std::filesystem;

// Runs work in a process of its own, which ends with its return value.
pid_t in_child(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    int status = 99;
    try {
      status = work();
    } catch (...) {
    }
    ::_exit(status);
  }
  return child;
}

int exit_code(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string integrity(const fs::path& file) {
  io::Database database(file, 1000);
  io::Statement check = database.prepare("PRAGMA integrity_check");
  return check.step() ? std::string(check.text(0)) : "";
}

TEST(RegisterFile, TakesTwoWritersAtOnceAndLosesNothing) {
  const Folder folder;
  constexpr int kRecords = 1000;
  const auto writer = [&](const std::string& name) {
    return in_child([&] {
      Register file(folder.file(), study_names());
      for (int i = 0; i < kRecords; ++i)
        file.add(Kind::kParty, {{"name", name + std::to_string(i)}, {"category", "agency"}}, {.name = name});
      return 0;
    });
  };
  const pid_t first = writer("a"), second = writer("b");
  EXPECT_EQ(exit_code(first), 0);
  EXPECT_EQ(exit_code(second), 0);
  std::set<std::string> names;
  for (const Record& record : Register(folder.file(), study_names()).list({}))
    names.emplace(field(record.fields, "name"));
  EXPECT_EQ(names.size(), 2u * kRecords);
  EXPECT_EQ(integrity(folder.file()), "ok");
}

// A child adds and edits and says through a pipe what was confirmed, until it is killed.
[[noreturn]] void write_until_killed(const fs::path& file, int confirmed) {
  Register into(file, study_names());
  for (;;) {
    const std::string id = into.add(
        Kind::kParty, {{"name", "a party with a name of some length"}, {"category", "agency"}}, kAni);
    into.edit(id, {{"name", "renamed"}}, kBudi);
    const std::string line = id + "\n";
    if (::write(confirmed, line.data(), line.size()) < 0) ::_exit(1);
  }
}

// Reads on until so many records were confirmed, or to the end.
void read_records(int pipe, std::string& text, std::size_t records) {
  char buffer[4096];
  while (static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) < records) {
    const ssize_t count = ::read(pipe, buffer, sizeof buffer);
    if (count <= 0) return;
    text.append(buffer, static_cast<std::size_t>(count));
  }
}

// GERBANG_REGISTER_KILLS=1000 kills as often.
int kill_count(int otherwise) {
  const char* wanted = std::getenv("GERBANG_REGISTER_KILLS");
  return wanted == nullptr ? otherwise : std::atoi(wanted);
}

// Waits for a few records, then for a random part of the time that one took, so that every moment of writing
// has its turn however slow the machine is; kills and returns the ids that were confirmed.
std::vector<std::string> kill_in_some_moment(const fs::path& file, Random& random) {
  int pipe[2];
  EXPECT_EQ(::pipe(pipe), 0);
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = in_child([&]() -> int { write_until_killed(file, pipe[1]); });
  ::close(pipe[1]);
  std::string confirmed;
  const auto records = static_cast<std::size_t>(random.uniform() * 4.0);
  read_records(pipe[0], confirmed, records);
  const auto taken = (std::chrono::steady_clock::now() - begin) / static_cast<double>(records + 1);
  std::this_thread::sleep_for(random.uniform() * (records == 0 ? std::chrono::milliseconds(30) : taken));
  ::kill(child, SIGKILL);
  EXPECT_EQ(exit_code(child), -1) << "the writer ended by itself";
  read_records(pipe[0], confirmed, std::string::npos);
  ::close(pipe[0]);
  return split_words(confirmed, '\n');
}

TEST(RegisterFile, HoldsAllThatWasConfirmedWheneverItsWriterIsKilled) {
  const int kills = kill_count(60);
  const Folder folder;
  Random random(2026, 1);
  std::size_t confirmed = 0;
  for (int kill = 0; kill < kills; ++kill) {
    const std::vector<std::string> ids = kill_in_some_moment(folder.file(), random);
    const Register file(folder.file(), study_names());
    for (const std::string& id : ids) {
      const std::vector<Record> history = file.history(id);
      ASSERT_EQ(history.size(), 2u) << id << " after kill " << kill;
      ASSERT_EQ(field(history.back().fields, "name"), "renamed");
    }
    confirmed += ids.size();
  }
  EXPECT_GT(confirmed, static_cast<std::size_t>(kills) / 2);
  EXPECT_EQ(integrity(folder.file()), "ok");
}

// A study whose register are CSV files yet.
struct StudyWithCsv : Folder {
  StudyWithCsv() {
    Register filled(study_names());
    add_two_cities(filled);
    write_csv(filled, path() / kRegisterFolder, {});
  }
  [[nodiscard]] Register for_writing() const { return open_for_writing(path(), study_names(path())); }
};

// Each time a new file, whose first writer also brings in the study's CSV files.
TEST(StudyRegister, IsWholeOrNotYetBegunWheneverItsFirstWriterIsKilled) {
  const StudyWithCsv undisturbed;
  const auto begin = std::chrono::steady_clock::now();
  (void)undisturbed.for_writing();
  const auto taken = std::chrono::steady_clock::now() - begin;
  Random random(2026, 2);
  for (int kill = 0; kill < kill_count(20); ++kill) {
    const StudyWithCsv study;
    const pid_t child = in_child([&]() -> int {
      for (;;) (void)study.for_writing();
    });
    std::this_thread::sleep_for(random.uniform() * 1.5 * taken);
    ::kill(child, SIGKILL);
    ASSERT_EQ(exit_code(child), -1) << "the writer ended by itself";
    EXPECT_EQ(open_for_reading(study.path(), study_names(study.path())).list({}).size(), 2u) << kill;
    EXPECT_EQ(study.for_writing().list({}).size(), 2u) << kill;
  }
}

TEST(RegisterFile, SaysThatTheDiskIsFullAndLosesNothing) {
  const Folder folder;
  { Register(folder.file(), study_names()); }
  const auto fill = [&] {
    // The operating system refuses to write beyond this size, as a full disk would.
    const rlimit limit{.rlim_cur = 400'000, .rlim_max = 400'000};
    ::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &limit);
    Register file(folder.file(), study_names());
    for (int i = 0; i < 100'000; ++i) {
      try {
        file.add(Kind::kParty, {{"name", std::string(2000, 'x')}, {"category", "agency"}}, kAni);
      } catch (const InputError& error) {
        const bool is_said = std::string(error.what()).find("disk is full") != std::string::npos;
        const bool is_kept = file.list({}).size() == static_cast<std::size_t>(i);
        return is_said && is_kept && i > 0 ? 0 : 1;
      }
    }
    return 2;  // the limit was not met
  };
  EXPECT_EQ(exit_code(in_child(fill)), 0);
  EXPECT_EQ(integrity(folder.file()), "ok");
  Register file(folder.file(), study_names());
  const std::size_t before = file.list({}).size();
  EXPECT_GT(before, 0u);
  file.add(Kind::kParty, {{"name", "after"}, {"category", "agency"}}, kAni);
  EXPECT_EQ(file.list({}).size(), before + 1);
}

TEST(RegisterFile, BringsAnOlderFileUpToDate) {
  for (const int version : {1, 2}) {
    const Folder folder;
    {
      io::Database old(folder.file(), 1000);
      migrate(old, version);
      old.execute(
          "INSERT INTO record VALUES (1, 'east_city', 'party'); INSERT INTO revision VALUES (1, 1, 1, "
          "'2020-01-01T00:00:00Z', "
          "'ani', 0, '{\"category\":\"government\",\"name\":\"East\"}'), (2, 1, 2, '2020-01-02T00:00:00Z', "
          "'budi', 0, "
          "'{\"category\":\"government\",\"name\":\"City of East\"}')");
      if (version == 2)
        old.execute(
            "INSERT INTO current VALUES (1, 'party', 2, 0, NULL, '', "
            "'{\"category\":\"government\",\"name\":\"City of East\"}')");
    }
    Register file(folder.file(), study_names());
    EXPECT_EQ(field(file.get("east_city").fields, "name"), "City of East") << version;
    EXPECT_EQ(file.history("east_city").size(), 2u);
    EXPECT_EQ(file.list({.words = "city"}).size(), 1u);
    file.edit("east_city", {{"name", "Kota Timur"}}, kAni);
    EXPECT_EQ(file.list({.words = "timur"}).size(), 1u);
  }
}

TEST(RegisterFile, RefusesANewerFileAndLeavesItAsItIs) {
  const Folder folder;
  {
    Register made(folder.file(), study_names());
    io::Database newer(folder.file(), 1000);
    newer.execute("PRAGMA user_version = 99");
  }
  EXPECT_NE(said([&] { Register(folder.file(), study_names()); }).find("was written by a newer gerbang"),
            std::string::npos);
  io::Database newer(folder.file(), 1000);
  EXPECT_EQ(file_state(newer).version, 99);
}

TEST(RegisterFile, RefusesWhatIsNoRegister) {
  const Folder folder;
  std::ofstream(folder.path() / "text")
      << "this is a letter, not a database, and it is long enough to be seen as one";
  EXPECT_NE(said([&] { Register(folder.path() / "text", study_names()); }).find("this file is no register"),
            std::string::npos);
  {
    io::Database other(folder.path() / "other", 1000);
    other.execute("CREATE TABLE a (b)");
  }
  EXPECT_NE(
      said([&] { Register(folder.path() / "other", study_names()); }).find("this SQLite file is no register"),
      std::string::npos);
  EXPECT_NE(
      said([&] { Register(folder.path() / "no/such/folder/file", study_names()); }).find("cannot be opened"),
      std::string::npos);
}

TEST(RegisterFile, RefusesToForget) {
  const Folder folder;
  Register file(folder.file(), study_names());
  add_two_cities(file);
  io::Database outside(folder.file(), 1000);
  for (const char* sql : {"DELETE FROM revision", "UPDATE revision SET fields = '{}'", "DELETE FROM record",
                          "UPDATE record SET kind = 'event'"})
    EXPECT_THROW(outside.execute(sql), io::SqliteError) << sql;
}

TEST(StudyRegister, BeginsWithTheCsvOfTheStudyAndMakesNoFileToRead) {
  const Folder folder;
  {
    Register source(study_names());
    add_two_cities(source);
    source.add(Kind::kEvent, visit(), kAni, "visit");
    write_csv(source, folder.path() / kRegisterFolder, {});
  }
  EXPECT_EQ(open_for_reading(folder.path(), study_names(folder.path())).list({}).size(), 3u);
  EXPECT_FALSE(fs::exists(folder.file()));
  Register file = open_for_writing(folder.path(), study_names(folder.path()));
  EXPECT_EQ(file.list({}).size(), 3u);
  file.edit("visit", {}, kAni, Withdrawal::kYes);
  EXPECT_EQ(open_for_reading(folder.path(), study_names(folder.path())).list({}).size(), 2u);
  EXPECT_EQ(open_for_writing(folder.path(), study_names(folder.path())).list({}).size(), 2u);
}

TEST(StudyRegister, ReadsTheCsvOfTheStudyWhereNobodyHasWrittenYet) {
  const Folder folder;
  {
    Register source(study_names());
    add_two_cities(source);
    write_csv(source, folder.path() / kRegisterFolder, {});
  }
  const auto first = open_for_reading(folder.path(), study_names()).get("east_city");
  { Register(folder.file(), study_names()); }  // a writer that was stopped before it wrote
  const auto second = open_for_reading(folder.path(), study_names()).get("east_city");
  EXPECT_EQ(first.fields, second.fields);
  EXPECT_EQ(first.changed_at, second.changed_at);  // of the files, whenever they are read
}

}  // namespace
}  // namespace gerbang::registry
