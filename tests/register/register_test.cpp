#include "gerbang/register/register.h"

#include <gtest/gtest.h>

#include "gerbang/io/file.h"
#include "tests/register/two_cities.h"

namespace gerbang::registry {
namespace {

using namespace test;

class RegisterTest : public ::testing::Test {
 protected:
  RegisterTest() { add_two_cities(register_); }
  Register register_{study_names()};
};

TEST_F(RegisterTest, KeepsEveryChangeWithWhoAndWhen) {
  const std::string id = register_.add(Kind::kEvent, visit(), kAni);
  register_.edit(id, {{"place", "City hall"}, {"title", "Working visit"}}, kBudi);
  register_.edit(id, {{"place", ""}}, kAni);
  const std::vector<Record> history = register_.history(id);
  ASSERT_EQ(history.size(), 3u);
  EXPECT_EQ(history[0].changed_by, "ani");
  EXPECT_EQ(field(history[0].fields, "title"), "Visit");
  EXPECT_EQ(history[1].changed_by, "budi");
  EXPECT_EQ(history[1].changed_at, "2026-02-02T00:00:00Z");
  EXPECT_EQ(field(history[1].fields, "place"), "City hall");
  EXPECT_EQ(field(history[2].fields, "place"), "");
  EXPECT_EQ(register_.get(id).revision, 3u);
}

TEST_F(RegisterTest, RecordsNothingWhereNothingChanges) {
  const std::string id = register_.add(Kind::kEvent, visit(), kAni);
  register_.edit(id, {{"title", "  Visit "}}, kBudi);
  EXPECT_EQ(register_.get(id).revision, 1u);
}

TEST_F(RegisterTest, WithdrawsInsteadOfDeleting) {
  const std::string id = register_.add(Kind::kEvent, visit(), kAni);
  register_.edit(id, {}, kBudi, Withdrawal::kYes);
  EXPECT_TRUE(register_.list({.kind = Kind::kEvent}).empty());
  ASSERT_EQ(register_.list({.kind = Kind::kEvent, .withdrawn = Withdrawal::kYes}).size(), 1u);
  EXPECT_EQ(register_.history(id).size(), 2u);
  EXPECT_TRUE(register_.list({.words = "visit"}).empty());
  register_.edit(id, {}, kBudi);
  EXPECT_EQ(register_.list({.words = "visit"}).size(), 1u);
}

TEST_F(RegisterTest, SaysEveryFaultOfARecordAtOnce) {
  const std::string text = said([&] {
    register_.add(
        Kind::kCommitment,
        {{"owner", "est_city"}, {"due", "2026-02-30"}, {"state", "opne"}, {"project_id", "J1"}, {"wht", "x"}},
        kAni);
  });
  EXPECT_NE(text.find("commitment: wht: a record of kind commitment has no such field; did you mean 'what'?"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("commitment: what: is missing"), std::string::npos) << text;
  EXPECT_NE(text.find("the register has no party 'est_city'; did you mean 'east_city'?"), std::string::npos)
      << text;
  EXPECT_NE(text.find("'2026-02-30' is no date"), std::string::npos) << text;
  EXPECT_NE(text.find("unknown word 'opne'; did you mean 'open'?"), std::string::npos) << text;
  EXPECT_NE(text.find("unknown project 'J1'; did you mean 'J01'?"), std::string::npos) << text;
  EXPECT_TRUE(register_.list({.kind = Kind::kCommitment}).empty());
}

TEST_F(RegisterTest, RefusesAnEndBeforeTheStart) {
  Fields fields = visit();
  fields["end"] = "2026-01-22";
  EXPECT_NE(
      said([&] { register_.add(Kind::kEvent, fields, kAni); }).find("it ends (2026-01-22) before it starts"),
      std::string::npos);
  fields["start"] = "2026-01-23 09:00 WITA";
  fields["end"] = "2026-01-23 08:30 WIB";  // half past nine in the zone of the start
  EXPECT_EQ(said([&] { register_.add(Kind::kEvent, fields, kAni); }), "");
  fields["end"] = "2026-01-23 07:30 WIB";
  EXPECT_NE(said([&] { register_.add(Kind::kEvent, fields, kAni); }), "");
}

TEST_F(RegisterTest, AsksAboutTheCouncilAtTheStageThatSaysSo) {
  Fields document{{"subject", "Sea link"},
                  {"category", "kesepakatan_bersama"},
                  {"parties", "east_city west_city"},
                  {"stage", "offer"}};
  EXPECT_EQ(said([&] { register_.add(Kind::kDocument, document, kAni); }), "");
  document["stage"] = "council";
  const std::string text = said([&] { register_.add(Kind::kDocument, document, kAni); });
  for (const char* name : {"burdens_public", "outside_budget", "council_approval"})
    EXPECT_NE(text.find(name), std::string::npos) << text;
  document.insert({{"burdens_public", "no"}, {"outside_budget", "yes"}, {"council_approval", "needed"}});
  EXPECT_EQ(said([&] { register_.add(Kind::kDocument, document, kAni); }), "");
  Fields signed_unasked = document;
  signed_unasked["stage"] = "signing";
  signed_unasked.erase("council_approval");
  EXPECT_NE(said([&] {
              register_.add(Kind::kDocument, signed_unasked, kAni);
            }).find("council_approval: is asked from the stage council on"),
            std::string::npos);
  document["stage"] = "ratified";
  EXPECT_NE(said([&] { register_.add(Kind::kDocument, document, kAni); }).find("unknown stage"),
            std::string::npos);
}

TEST_F(RegisterTest, NamesAFileByItsContent) {
  const Folder folder;
  Register with_folder(study_names(folder.path()));
  add_two_cities(with_folder);
  io::write_file_atomically(folder.path() / "letter.txt", "abc");
  const std::string id = with_folder.add(Kind::kDocument,
                                         {{"subject", "Letter"},
                                          {"category", "letter_of_intent"},
                                          {"parties", "east_city"},
                                          {"file", "letter.txt"}},
                                         kAni);
  // SHA-256 of "abc", FIPS 180-2.
  EXPECT_EQ(field(with_folder.get(id).fields, "file_sha256"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_NE(said([&] {
              with_folder.edit(id, {{"file", "lost.txt"}}, kAni);
            }).find("there is no file 'lost.txt'"),
            std::string::npos);
  with_folder.edit(id, {{"file", "https://example.org/letter.pdf"}}, kAni);
  EXPECT_EQ(field(with_folder.get(id).fields, "file_sha256"), "");
}

TEST_F(RegisterTest, ListsTheLatestFirstAndByWordsKindAndDate) {
  register_.add(Kind::kEvent, visit("Kunjungan kerja", "2026-01-23"), kAni, "first");
  register_.add(Kind::kEvent, visit("Kunjungan balasan", "2026-03-10 09:00 WITA"), kAni, "second");
  register_.add(Kind::kEvent, visit("Rapat \"teknis\" ferry", "2025-12-01"), kAni, "third");
  const auto ids = [&](const Filter& filter) {
    std::string text;
    for (const Record& record : register_.list(filter)) text += record.id + " ";
    return text;
  };
  EXPECT_EQ(ids({.kind = Kind::kEvent}), "second first third ");
  EXPECT_EQ(ids({.words = "kunjungan"}), "second first ");
  EXPECT_EQ(ids({.words = "kunjungan ker"}), "first ");
  EXPECT_EQ(ids({.words = "\"teknis\" OR"}), "");
  EXPECT_EQ(ids({.words = "\"teknis\""}), "third ");
  EXPECT_EQ(ids({.kind = Kind::kEvent, .from = parse_date("2026-01-23"), .to = parse_date("2026-03-10")}),
            "second first ");
  EXPECT_EQ(ids({.kind = Kind::kEvent, .limit = 1}), "second ");
  EXPECT_EQ(ids({.kind = Kind::kEvent, .to = parse_date("9999-12-31")}), "second first third ");
}

TEST_F(RegisterTest, LinksACommitmentToAProjectOrOneOfItsEdits) {
  Fields fields{{"what", "Order the ship"},
                {"owner", "east_city"},
                {"state", "open"},
                {"edit", "J01/service/S1/departures_per_week"}};
  const std::string id = register_.add(Kind::kCommitment, fields, kAni);
  EXPECT_EQ(linked_project(register_.get(id).fields), "J01");
  register_.edit(id, {{"project_id", "J01"}}, kAni);
  EXPECT_EQ(linked_project(register_.get(id).fields), "J01");
  EXPECT_NE(said([&] {
              register_.edit(id, {{"project_id", "J02"}}, kAni);
            }).find("is no edit of the project J02"),
            std::string::npos);
  EXPECT_EQ(linked_project({{"what", "Send data"}}), "");
}

TEST_F(RegisterTest, NeverFindsPeopleByTheirContacts) {
  EXPECT_TRUE(register_.list({.words = "0812"}).empty());
  EXPECT_FALSE(register_.list({.words = "East"}).empty());
}

TEST_F(RegisterTest, SaysWhatIsDueOverdueFirst) {
  const auto commitment = [&](const std::string& id, const std::string& due,
                              const std::string& state = "open") {
    register_.add(Kind::kCommitment, {{"what", id}, {"owner", "east_city"}, {"due", due}, {"state", state}},
                  kAni, id);
  };
  commitment("later", "2026-06-01");
  commitment("late", "2026-01-31");
  commitment("today", "2026-02-01");
  commitment("undated", "");
  commitment("finished", "2026-01-01", "done");
  register_.add(Kind::kFollowUp,
                {{"what", "Return visit"},
                 {"category", "return_visit"},
                 {"parties", "east_city"},
                 {"state", "open"},
                 {"date", "2026-02-20"}},
                kAni, "return");
  const Date now = *parse_date("2026-02-01");
  const auto names = [&](std::optional<Date> until) {
    std::string text;
    for (const DueRecord& row : register_.due(now, until))
      text += row.record.id + (row.is_overdue ? "! " : " ");
    return text;
  };
  EXPECT_EQ(names(std::nullopt), "late! today return later undated ");
  EXPECT_EQ(names(now + std::chrono::days(30)), "late! today return ");
  EXPECT_EQ(names(now), "late! today ");
}

TEST_F(RegisterTest, SuggestsTheRecordThatWasMeant) {
  EXPECT_NE(said([&] { (void)register_.get("east_cty"); }).find("did you mean 'east_city'?"),
            std::string::npos);
  EXPECT_NE(said([&] { register_.add(Kind::kEvent, visit(), kAni, "east_city"); }).find("already"),
            std::string::npos);
  EXPECT_NE(said([&] { register_.add(Kind::kEvent, visit(), {.name = ""}); }).find("--by NAME"),
            std::string::npos);
  EXPECT_NE(said([&] { register_.add(Kind::kEvent, visit("a\xff"), kAni); }).find("UTF-8"),
            std::string::npos);
}

}  // namespace
}  // namespace gerbang::registry
