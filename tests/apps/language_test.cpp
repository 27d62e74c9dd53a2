// Whoever asks for Indonesian is told everything in Indonesian: help, mistakes and faults.
#include <gtest/gtest.h>

#include <fstream>
#include <regex>

#include "tests/apps/run_study.h"
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
                     {"runn x", "perintah 'runn' tidak dikenal, maksudnya 'run'?"},
                     {"register x lst", "perintah 'lst' tidak dikenal, maksudnya 'list'?"},
                     {"register x everything", "perintah 'everything' tidak dikenal"},
                     {"run x --seed -1", "--seed: '-1' bukan bilangan bulat dari 0 sampai 184467"},
                     {"serve x --port 70000", "--port: '70000' bukan bilangan bulat dari 0 sampai 65535"},
                     {"check", "study belum disebut"},
                     {"run x --year abc", "--year tidak dapat berisi 'abc'"},
                     {"check x --fast", "tidak dikenal: --fast;"},
                     {"run x --scenarios base", "tidak dikenal: --scenarios base, maksudnya '--scenario'?"},
                     {"check x --thread=2", "tidak dikenal: --thread=2, maksudnya '--threads'?"},
                     {"run x --draws 100001", "--draws: '100001' bukan angka dari 0 sampai 100000"},
                     {"run x --draws many", "--draws: 'many' bukan bilangan bulat dari 0"},
                     {"assign x y --gap nan", "--gap: 'nan' bukan angka di atas 0"},
                     {"assign x y --toll-factor -1", "--toll-factor: '-1' bukan 0 atau angka di atasnya"},
                     {"trade x --deficits all", "--deficits: salah satu dari fixed, zero, share"}});
}

TEST(Language, SaysWhatIsMissingInIndonesian) {
  EXPECT_NE(run_command("--lang id trade x --deficits")
                .err.find("--deficits tanpa nilai: --deficits TEKS:{fixed, zero, share}"),
            std::string::npos);
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
    const std::regex kinds("\\b(TEXT|INT|UINT|FLOAT|POSITIVE)\\b");
    EXPECT_FALSE(std::regex_search(said.out, kinds)) << said.out;
  }
}

// Names that tell their language.
void name_in_both_languages(World& world) {
  const auto name = [](auto& rows) {
    for (auto& row : rows) {
      row.name = "Nama-" + row.id;
      row.name_en = "Name-" + row.id;
    }
  };
  name(world.regions);
  name(world.sectors);
  name(world.freight_classes);
  name(world.nodes);
  name(world.links);
  name(world.terminals);
  name(world.services);
  name(world.projects);
  name(world.scenarios);
  for (Region& region : world.regions) {
    region.group = "Nama-group";
    region.group_en = "Name-group";
  }
  for (Service& service : world.services) {
    service.carrier = "Nama-carrier";
    service.carrier_en = "Name-carrier";
  }
  for (Project& project : world.projects)
    for (ProjectOwner& owner : project.owners) {
      owner.party = "Nama-party";
      owner.party_en = "Name-party";
      owner.region.reset();
    }
}

TEST(Language, NamesThingsInTheLanguageAskedFor) {
  RunStudy study;
  name_in_both_languages(study.world());
  study.write();
  const std::string folder = "'" + study.study().string() + "' ",
                    cache = " --cache '" + study.place("cache").string() + "' ", pair = " --today 2026-02-02";
  for (const std::string& asked :
       {"run " + folder + "--draws 2 --out '" + study.place("a.gpkg").string() + "'" + cache,
        "rank " + folder + cache, "brief " + folder + "gate capital" + pair + cache,
        "brief " + folder + "gate --partners" + pair + cache}) {
    const Said indonesian = run_command(asked + " --lang id"), english = run_command(asked + " --lang en");
    ASSERT_EQ(indonesian.exit_code, 0) << asked << indonesian.err;
    EXPECT_NE(indonesian.out.find("Nama-"), std::string::npos) << indonesian.out;
    EXPECT_EQ(indonesian.out.find("Name-"), std::string::npos) << indonesian.out;
    EXPECT_NE(english.out.find("Name-"), std::string::npos) << english.out;
    // A footnote names a row as its table does.
    const std::string read = std::regex_replace(english.out, std::regex("party=Nama-party"), "");
    EXPECT_EQ(read.find("Nama-"), std::string::npos) << read;
  }
}

}  // namespace
}  // namespace gerbang::test
