// Runs the command as a person would, and keeps what it said.
#pragma once

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "gerbang/io/file.h"
#include "tests/temporary_folder.h"

namespace gerbang::test {

struct Said {
  int exit_code = -1;
  std::string out;
  std::string err;
};

// As the shell reads it.
inline std::string quoted(const std::filesystem::path& path) {
  return "'" + path.string() + "'";
}

// Runs "gerbang ARGUMENTS" through the shell, in English unless the arguments say otherwise.
inline Said run_command(const std::string& arguments) {
  const TemporaryFolder folder;
  const std::string out = (folder.path() / "out").string();
  const std::string err = (folder.path() / "err").string();
  const std::string line = "LC_ALL=C '" GERBANG_BINARY "' " + arguments + " >'" + out + "' 2>'" + err + "'";
  const int status = std::system(line.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, io::read_file(out), io::read_file(err)};
}

}  // namespace gerbang::test
