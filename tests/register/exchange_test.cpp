#include "gerbang/register/exchange.h"

#include <gtest/gtest.h>

#include "gerbang/io/file.h"
#include "tests/register/two_cities.h"

namespace gerbang::registry {
namespace {

using namespace test;

class Exchange : public ::testing::Test {
 protected:
  Exchange() { add_two_cities(register_); }
  void write(const std::string& name, const std::string& text) const {
    io::write_file_atomically(folder_.path() / name, text);
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    return io::read_file(folder_.path() / name);
  }

  Folder folder_;
  Register register_{study_names()};
};

TEST_F(Exchange, ReadsBackWhatItWrote) {
  Fields fields = visit("A visit, with \"quotes\"\nand a second line");
  fields["start"] = "2026-01-23 09:00 WITA";
  register_.add(Kind::kEvent, fields, kAni, "visit");
  register_.add(Kind::kCommitment,
                {{"what", "Send data"},
                 {"owner", "west_city"},
                 {"state", "open"},
                 {"event", "visit"},
                 {"project_id", "J01"}},
                kAni);
  const std::vector<std::string> all = {"contacts"};
  write_csv(register_, folder_.path(), all);
  Register copy(study_names());
  const ImportCounts counts = import_csv(copy, folder_.path(), kBudi);
  EXPECT_EQ(counts.added, 4u);
  const std::vector<Record> before = register_.list({}), after = copy.list({});
  ASSERT_EQ(before.size(), after.size());
  for (const Record& record : before) EXPECT_EQ(copy.get(record.id).fields, record.fields) << record.id;
}

TEST_F(Exchange, KeepsContactsUnlessAskedForByName) {
  write_csv(register_, folder_.path(), {});
  EXPECT_EQ(read("party.csv").find("0812"), std::string::npos);
  EXPECT_EQ(read("party.csv").find("contacts"), std::string::npos);
  const std::vector<std::string> named = {"contacts"};
  write_csv(register_, folder_.path(), named);
  EXPECT_NE(read("party.csv").find("0812"), std::string::npos);
}

TEST_F(Exchange, MakesRevisionsOfRowsThatDiffer) {
  write("party.csv",
        "id,name,category\neast_city,Kota Timur,government\nwest_city,City of "
        "West,government\nport,Port,company\n");
  const ImportCounts counts = import_csv(register_, folder_.path() / "party.csv", kBudi);
  EXPECT_EQ(counts.added, 1u);
  EXPECT_EQ(counts.changed, 1u);
  EXPECT_EQ(counts.same, 1u);
  EXPECT_EQ(register_.history("east_city").size(), 2u);
  EXPECT_EQ(field(register_.get("east_city").fields, "contacts"),
            "ani@east, 0812");  // no cell says otherwise
}

TEST_F(Exchange, TakesAllRowsOrNoneAndPointsAtEveryFault) {
  write("event.csv",
        "id,title,category,start,end,hosts\n"
        "a,Visit,visit,2026-01-23,,east_city\n"
        "b,Visit,visit,2026-02-30,,east_city\n"
        "c,Visit,visit,2026-01-23,2026-01-20,nobody\n"
        "east_city,Visit,visit,2026-01-23,,\n");
  const std::string text = said([&] { import_csv(register_, folder_.path(), kBudi); });
  EXPECT_NE(text.find("event.csv:3:15: start: '2026-02-30' is no date"), std::string::npos) << text;
  EXPECT_NE(text.find("event.csv:4:26: end: it ends"), std::string::npos) << text;
  EXPECT_NE(text.find("the register has no party 'nobody'"), std::string::npos) << text;
  EXPECT_NE(text.find("event.csv:5:1: 'east_city' is a party in the register"), std::string::npos) << text;
  EXPECT_TRUE(register_.list({.kind = Kind::kEvent}).empty());
}

TEST_F(Exchange, RefusesWhatItDoesNotKnow) {
  EXPECT_NE(said([&] { import_csv(register_, folder_.path(), kBudi); }).find("there is nothing to import"),
            std::string::npos);
  EXPECT_NE(said([&] { import_csv(register_, folder_.path() / "none", kBudi); }).find("no such file"),
            std::string::npos);
  write("party.csv", "id,name,categry\nx,X,agency\n");
  const std::string text = said([&] { import_csv(register_, folder_.path(), kBudi); });
  EXPECT_NE(text.find("unknown column 'categry'"), std::string::npos) << text;
  write("party.csv", "");
  EXPECT_NE(said([&] { import_csv(register_, folder_.path(), kBudi); }), "");
}

}  // namespace
}  // namespace gerbang::registry
