// Writes the seeds of the fuzzers: the files of a sound study, and sound road networks and trip tables.
#include <cstdio>

#include "fuzz/road_files.h"
#include "fuzz/study_files.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: fuzz_seeds FOLDER\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  char index = 0;
  for (const auto& [name, text] : gerbang::fuzz::study_files()) {
    gerbang::io::write_file_atomically(folder / "study" / name, index + text);
    gerbang::io::write_file_atomically(folder / "csv" / name, text);
    ++index;
  }
  gerbang::io::write_file_atomically(folder / "tntp" / "net", gerbang::fuzz::kTntpNetwork);
  gerbang::io::write_file_atomically(folder / "tntp" / "trips", gerbang::fuzz::kTntpTrips);
  gerbang::io::write_file_atomically(folder / "gmns" / "folder", gerbang::fuzz::gmns_files());
  gerbang::io::write_file_atomically(folder / "omx" / "trips", gerbang::fuzz::omx_file());
  return 0;
}
