// Writes the seeds of the fuzzers: the files of a sound study.
#include <cstdio>

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
  return 0;
}
