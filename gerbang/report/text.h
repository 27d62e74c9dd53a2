// A run in plain words, Indonesian or English: first who gains, then what is full, what moves at what cost,
// and how far all of it can be trusted. The first screen answers the question; the rest is for who wants to
// know.
#pragma once

#include <string>

#include "gerbang/base/text.h"
#include "gerbang/report/page.h"
#include "gerbang/report/run.h"

namespace gerbang::report {

struct DrawResult;

// draws: none, where none were made.
[[nodiscard]] std::string to_text(const RunResult& run, Language language, const DrawResult* draws = nullptr);

// Its parts, each adding a section to the page.
void say_who_gains(Page& page, const RunResult& run);                          // text_gains.cpp
void say_how_sure(Page& page, const RunResult& run, const DrawResult& draws);  // text_draws.cpp
void say_what_moves(Page& page, const RunResult& run);                         // text_network.cpp
void say_how_exact(Page& page, const RunResult& run);                          // text_method.cpp

// Names in a language.
[[nodiscard]] std::string closure_name(trade::DeficitClosure closure, Language language);
[[nodiscard]] std::string verdict_name(evaluate::Verdict verdict, Language language);

}  // namespace gerbang::report
