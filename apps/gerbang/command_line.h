// The command line's own words, help and mistakes, in the user's language: the parser's library has English
// ones.
#pragma once

#include <CLI/CLI.hpp>

#include "gerbang/base/message.h"

namespace gerbang::app {

// Before options and verbs are added: they inherit it.
void speak(CLI::App& app, Language language);

// When they are there: the help option of each stands with its other options.
void group_help(CLI::App& app, Language language);

// What is wrong with the command line, as the library found it.
[[nodiscard]] Message fault_of(const CLI::Error& error);

}  // namespace gerbang::app
