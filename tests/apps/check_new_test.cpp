#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/apps/command.h"
#include "tests/io/tiny_study.h"

namespace gerbang::test {
namespace {

namespace fs = std::filesystem;

TEST(Command, ListsItsVerbsAndRefusesOthers) {
  const Said help = run_command("--help");
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_NE(help.out.find("check"), std::string::npos);
  EXPECT_EQ(run_command("").exit_code, 2);
  EXPECT_EQ(run_command("chekc somewhere").exit_code, 2);
  EXPECT_EQ(run_command("check").exit_code, 2);
  EXPECT_EQ(run_command("check a b").exit_code, 2);
  EXPECT_EQ(run_command("check x --threads many").exit_code, 2);
}

TEST(Command, SpeaksBothLanguages) {
  EXPECT_NE(run_command("--help --lang id").out.find("periksa sebuah studi"), std::string::npos);
  EXPECT_NE(run_command("--help").out.find("check a study"), std::string::npos);
}

TEST(Check, SumsASoundStudyUp) {
  TinyStudy study;
  const Said said = run_command("check " + quoted(study.write()));
  EXPECT_EQ(said.exit_code, 0);
  EXPECT_EQ(said.err, "");
  EXPECT_TRUE(
      said.out.starts_with("ok: Three islands\nBase year 2024; 4 regions, 3 sectors, 2 freight classes;"))
      << said.out;
  const Said in_indonesian = run_command("check --lang id " + quoted(study.folder()));
  EXPECT_TRUE(in_indonesian.out.starts_with("ok: Tiga pulau\nTahun dasar 2024; 4 wilayah,"))
      << in_indonesian.out;
}

TEST(Check, PrintsEveryFaultAndExitsWithTwo) {
  TinyStudy study;
  study.replace("link.csv", "8,30,1800", "8,30,-1800");
  study.file("payer.csv") = "";
  const Said said = run_command("check " + quoted(study.write()));
  EXPECT_EQ(said.exit_code, 2);
  EXPECT_EQ(said.out,
            study.at("link.csv", "-1800") +
                ": capacity_pcu_h is -1800; a number above 0\n"
                "payer.csv:1: the file is empty (0 bytes); a header line and one line per row; restore the "
                "file\n2 fault(s)\n");
}

TEST(Check, WritesFaultsAsJson) {
  TinyStudy study;
  study.replace("region.csv", "gamma,Gamma", "gamma,G\xE2mma");
  const Said said = run_command("check --json - " + quoted(study.write()));
  EXPECT_EQ(said.exit_code, 2);
  const auto json = nlohmann::json::parse(said.out);
  ASSERT_EQ(json["faults"].size(), 1u);
  EXPECT_EQ(json["faults"][0]["file"], "region.csv");
  EXPECT_EQ(json["faults"][0]["line"], 4);
  EXPECT_EQ(json["faults"][0]["column"], 8);
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "result.json";
  EXPECT_EQ(run_command("check --json " + quoted(file) + " " + quoted(study.folder())).exit_code, 2);
  EXPECT_EQ(nlohmann::json::parse(io::read_file(file)), json);
}

TEST(Check, SaysThatThereIsNoSuchStudy) {
  const Said said = run_command("check /nowhere/at/all");
  EXPECT_EQ(said.exit_code, 2);
  EXPECT_NE(said.out.find("/nowhere/at/all: there is no such folder"), std::string::npos);
}

TEST(Check, FindsNoFaultInTheExample) {
  const Said said = run_command("check '" GERBANG_SOURCE_DIR "/examples/nusantara'");
  EXPECT_EQ(said.exit_code, 0) << said.out;
}

TEST(New, StartsAStudyFromAnother) {
  TinyStudy study;
  study.file("README.md") = "notes";
  const TemporaryFolder folder;
  const fs::path mine = folder.path() / "deep" / "mine";
  const Said said = run_command("new " + quoted(mine) + " --from " + quoted(study.write()));
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_EQ(io::study_hash(mine), io::study_hash(study.folder()));
  EXPECT_TRUE(fs::exists(mine / "README.md"));
  EXPECT_EQ(run_command("check " + quoted(mine)).exit_code, 0);
  // Nothing else is left beside it.
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path() / "deep"), {}), 1);
}

TEST(New, StartsFromTheExampleByDefault) {
  const TemporaryFolder folder;
  const Said said = run_command("new " + quoted(folder.path() / "mine/"));
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_EQ(io::study_hash(folder.path() / "mine"), io::study_hash(GERBANG_SOURCE_DIR "/examples/nusantara"));
}

TEST(New, RefusesAFolderThatHoldsSomething) {
  TinyStudy study;
  const TemporaryFolder folder;
  io::write_file_atomically(folder.path() / "precious", "keep");
  const Said said = run_command("new " + quoted(folder.path()) + " --from " + quoted(study.write()));
  EXPECT_EQ(said.exit_code, 2);
  EXPECT_NE(said.err.find("the folder is not empty"), std::string::npos) << said.err;
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
  fs::remove(folder.path() / "precious");
  EXPECT_EQ(run_command("new " + quoted(folder.path()) + " --from " + quoted(study.folder())).exit_code, 0);
}

TEST(New, StartsFromNoStudyWithFaults) {
  TinyStudy study;
  study.remove("node.csv");
  const TemporaryFolder folder;
  const Said said = run_command("new " + quoted(folder.path() / "mine") + " --from " + quoted(study.write()));
  EXPECT_EQ(said.exit_code, 2);
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

}  // namespace
}  // namespace gerbang::test
