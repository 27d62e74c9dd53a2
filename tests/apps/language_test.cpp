// Whoever asks for Indonesian is told everything in Indonesian: help, mistakes and faults.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/apps/command.h"
#include "tests/english.h"
#include "tests/io/tiny_study.h"

namespace gerbang::test {
namespace {

struct Mistake {
  std::string arguments;
  std::string said;  // a part of what is said of it
};

void expect_indonesian(const std::vector<Mistake>& mistakes) {
  for (const auto& [arguments, part] : mistakes) {
    const Said said = run_command(arguments + " --lang id");
    EXPECT_EQ(said.exit_code, 2) << arguments;
    EXPECT_NE((said.out + said.err).find(part), std::string::npos) << arguments << "\n" << said.err;
    EXPECT_EQ(english_in(said.out + said.err), "") << arguments << "\n" << said.out << said.err;
  }
}

TEST(Language, SaysMistakesOfTheCommandLineInIndonesian) {
  expect_indonesian({{"", "sebutkan satu perintah"},
                     {"check", "study belum disebut"},
                     {"run x --year abc", "--year tidak dapat berisi 'abc'"},
                     {"check x --fast", "tidak dikenal: --fast"}});
}

TEST(Language, SaysWhatIsMissingInIndonesian) {
  const TemporaryFolder folder;
  const std::string nowhere = (folder.path() / "nowhere").string();
  expect_indonesian({{"check " + nowhere, "tidak ada folder demikian"},
                     {"run " + nowhere, "tidak ada folder demikian"},
                     {"brief " + nowhere + " a b", "tidak ada folder demikian"},
                     {"register " + nowhere + " list", "tidak ada folder demikian"},
                     {"trade " + nowhere, "bukan folder"},
                     {"assign " + nowhere + " " + nowhere, "tidak ada berkas"}});
}

TEST(Language, SaysFaultsOfAStudyInIndonesian) {
  TinyStudy study;
  study.replace("link.csv", "arterial,100,40", "arterial,far,40");
  study.replace("link.csv", "capacity_pcu_h", "capcity_pcu_h");
  study.file("regions.csv") = "region_id\n";
  const std::string folder = study.write().string();
  expect_indonesian({{"check " + folder, "length_km berisi 'far'; angka, misalnya 12.5"},
                     {"check " + folder, "kolom 'capcity_pcu_h' tidak dikenal; maksudnya 'capacity_pcu_h'?"},
                     {"run " + folder, "regions.csv: berkas tidak dikenal; maksudnya 'region.csv'?"}});
}

TEST(Language, SaysWhatAStudyAndItsRegisterDoNotKnowInIndonesian) {
  TinyStudy study;
  const std::string folder = study.write().string();
  expect_indonesian({{"run " + folder + " --scenario bas", "studi ini tidak punya 'bas'; maksudnya 'base'?"},
                     {"run " + folder + " --year 1999", "studi ini tidak mengenal tahun 1999"},
                     {"brief " + folder + " alpha alfa", "studi ini tidak punya wilayah 'alfa'"},
                     {"brief " + folder + " alpha alpha", "'alpha' disebut dua kali"},
                     {"register " + folder + " show nothing", "tidak ada catatan 'nothing'"},
                     {"register " + folder + " add event title=Rapat start=2026-02-30 --by ani",
                      "event: start: '2026-02-30' bukan tanggal atau waktu"}});
}

TEST(Language, SaysFaultsOfRoadNetworksInIndonesian) {
  const TemporaryFolder folder;
  const std::string net = (folder.path() / "net.tntp").string(),
                    trips = (folder.path() / "trips.tntp").string();
  std::ofstream(net) << "<NUMBER OF NODES> many\n";
  std::ofstream(trips) << "Origin 1\n";
  expect_indonesian({{"assign " + net + " " + trips, "tidak ada <END OF METADATA>"}});
}

TEST(Language, HelpsInIndonesian) {
  for (const std::string verb :
       {"", "check", "new", "run", "report", "serve", "assign", "trade", "brief", "register"}) {
    const Said said = run_command(verb + " --help --lang id");
    EXPECT_EQ(said.exit_code, 0) << verb;
    EXPECT_EQ(english_in(said.out), "") << said.out;
  }
}

}  // namespace
}  // namespace gerbang::test
