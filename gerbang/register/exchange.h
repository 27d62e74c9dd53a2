// The register as CSV files, one for each kind (party.csv, event.csv, …): the id, then the kind's fields.
// What a spreadsheet opens, git compares, and import reads back.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "gerbang/io/faults.h"
#include "gerbang/register/register.h"

namespace gerbang::registry {

// Writes a file for each kind into the folder. Private fields only where asked for by name.
void write_csv(const Register& from, const std::filesystem::path& folder,
               std::span<const std::string> private_fields);

struct ImportCounts {
  std::size_t added = 0;
  std::size_t changed = 0;
  std::size_t same = 0;
};
// Reads the files of a folder, or one file, named after its kind. A row whose id the register has becomes its
// new revision where a cell that is filled in differs; others are added. All rows or none: every fault is
// reported with its line and column.
ImportCounts import_csv(Register& into, const std::filesystem::path& folder_or_file, const Author& author);

}  // namespace gerbang::registry
