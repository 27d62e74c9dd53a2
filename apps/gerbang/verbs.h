// The verbs, in the order in which --help lists them.
#pragma once

#include "apps/gerbang/verb.h"

namespace gerbang::app {

void add_check(CLI::App& app, Command& command);
void add_new(CLI::App& app, Command& command);
void add_run(CLI::App& app, Command& command);
void add_rank(CLI::App& app, Command& command);
void add_report(CLI::App& app, Command& command);
void add_serve(CLI::App& app, Command& command);
void add_assign(CLI::App& app, Command& command);
void add_trade(CLI::App& app, Command& command);
void add_brief(CLI::App& app, Command& command);
void add_register(CLI::App& app, Command& command);

inline constexpr void (*kVerbs[])(CLI::App&, Command&) = {add_check,  add_new,     add_run,    add_rank,
                                                          add_report, add_serve,   add_assign, add_trade,
                                                          add_brief,  add_register};

}  // namespace gerbang::app
