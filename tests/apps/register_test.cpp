// `gerbang register` from outside.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/apps/run_study.h"

namespace gerbang::test {
namespace {

class RegisterCommand : public ::testing::Test {
 protected:
  [[nodiscard]] Said say(const std::string& arguments) const {
    return run_command("register '" + study_.study().string() + "' " + arguments);
  }
  void record_two_cities() const {
    EXPECT_EQ(
        say("add party name=Gate category=government region_id=gate contacts=0812 --id gate_city --by ani")
            .exit_code,
        0);
    EXPECT_EQ(say("add party name=Capital category=government region_id=capital --id capital_city --by ani")
                  .exit_code,
              0);
  }
  RunStudy study_;
};

TEST_F(RegisterCommand, RecordsShowsAndChangesWithItsHistory) {
  record_two_cities();
  const Said added =
      say("add event title='A visit' category=visit 'start=2026-01-23 09:00 WITA' hosts=gate_city "
          "delegation=capital_city --by ani --json -");
  ASSERT_EQ(added.exit_code, 0) << added.err;
  const std::string id = nlohmann::json::parse(added.out)["id"];
  EXPECT_EQ(say("edit " + id + " place=Hall --by budi").exit_code, 0);
  const auto shown = nlohmann::json::parse(say("show " + id + " --json -").out);
  EXPECT_EQ(shown["fields"]["start"], "2026-01-23T09:00+08:00");
  ASSERT_EQ(shown["history"].size(), 2u);
  EXPECT_EQ(shown["history"][1]["changed_by"], "budi");
  EXPECT_EQ(shown["history"][1]["changes"],
            nlohmann::json::parse(R"([{"field":"place","old":"","new":"Hall"}])"));
  EXPECT_NE(say("list event --search visit").out.find("23 January 2026, 09:00 WITA"), std::string::npos);
  EXPECT_NE(say("list --lang id").out.find("23 Januari 2026, 09.00 WITA"), std::string::npos);
}

TEST_F(RegisterCommand, LeavesTheStudyAndItsResultsAlone) {
  const auto hash = [&] {
    return nlohmann::json::parse(run_command("check '" + study_.study().string() + "' --json -").out)["hash"];
  };
  const auto before = hash();
  EXPECT_EQ(say("list").exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(study_.study() / "register.sqlite"));
  record_two_cities();
  EXPECT_TRUE(std::filesystem::exists(study_.study() / "register.sqlite"));
  EXPECT_EQ(hash(), before);
}

TEST_F(RegisterCommand, ShowsContactsOnlyWhenAskedForByName) {
  record_two_cities();
  const std::string folder = "'" + study_.place("csv").string() + "'",
                    calendar = "'" + study_.place("a.ics").string() + "'";
  for (const std::string& arguments :
       {std::string("list"), std::string("list --json -"), std::string("show gate_city"),
        std::string("show gate_city --json -"), std::string("export --json -"),
        "export --csv " + folder + " && cat " + folder + "/*",
        "export --ics " + calendar + " && cat " + calendar})
    EXPECT_EQ(say(arguments).out.find("0812"), std::string::npos) << arguments;
  EXPECT_NE(say("show gate_city --with contacts").out.find("0812"), std::string::npos);
  EXPECT_NE(say("export --json - --with contacts").out.find("0812"), std::string::npos);
  EXPECT_NE(say("show gate_city --with contact").err.find("did you mean 'contacts'?"), std::string::npos);
}

TEST_F(RegisterCommand, SaysWhatIsDueAndWhatIsLate) {
  record_two_cities();
  EXPECT_EQ(say("add commitment what='Send the data' owner=gate_city due=2026-02-01 state=open "
                "project_id=ship --by ani")
                .exit_code,
            0);
  const auto due = nlohmann::json::parse(say("due --today 2026-02-02 --within 30d --json -").out)["due"];
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due[0]["is_overdue"], true);
  EXPECT_NE(say("due --today 2026-02-02").out.find("OVERDUE"), std::string::npos);
  EXPECT_NE(say("due --today 2026-02-02 --lang id").out.find("TERLAMBAT"), std::string::npos);
}

TEST_F(RegisterCommand, CancelsInCalendarsWhatWasWithdrawn) {
  record_two_cities();
  EXPECT_EQ(say("add event title='A visit' category=visit start=2026-01-23 --id visit --by ani").exit_code,
            0);
  EXPECT_EQ(say("edit visit --withdraw --by ani").exit_code, 0);
  const std::filesystem::path calendar = study_.place("a.ics");
  EXPECT_EQ(say("export --ics '" + calendar.string() + "'").exit_code, 0);
  EXPECT_NE(io::read_file(calendar).find("STATUS:CANCELLED"), std::string::npos);
  EXPECT_EQ(say("list").out.find("A visit"), std::string::npos);
}

TEST_F(RegisterCommand, RefusesBadInputWithItsRemedy) {
  record_two_cities();
  const auto refusal = [&](const std::string& arguments) {
    const Said said = say(arguments);
    EXPECT_EQ(said.exit_code, 2) << arguments << said.out;
    return said.err;
  };
  EXPECT_NE(refusal("add event title=x category=visit start=2026-02-30 --by a").find("is no date"),
            std::string::npos);
  EXPECT_NE(refusal("add event title=x category=visit start=2026-02-02 end=2026-02-01 --by a")
                .find("before it starts"),
            std::string::npos);
  EXPECT_NE(
      refusal("add commitment what=x owner=gat_city state=open --by a").find("did you mean 'gate_city'?"),
      std::string::npos);
  EXPECT_NE(refusal("add commitment what=x owner=gate_city state=open project_id=shp --by a")
                .find("did you mean 'ship'?"),
            std::string::npos);
  EXPECT_NE(refusal("add evnt title=x --by a").find("did you mean 'event'?"), std::string::npos);
  EXPECT_NE(refusal("add event title --by a").find("FIELD=VALUE"), std::string::npos);
  EXPECT_NE(refusal("due --within soon").find("30d"), std::string::npos);
  EXPECT_NE(refusal("show gatecity").find("did you mean"), std::string::npos);
  EXPECT_NE(refusal("import --csv nowhere --by a").find("no such file"), std::string::npos);
  io::write_file_atomically(study_.study() / "register.sqlite", std::string(4096, 'x'));
  EXPECT_NE(refusal("list").find("this file is no register"), std::string::npos);
}

}  // namespace
}  // namespace gerbang::test
