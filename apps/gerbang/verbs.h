// The verbs, in the order in which --help lists them.
#pragma once

#include "apps/gerbang/command_line.h"

namespace gerbang::app {

void add_check(const Verb& gerbang);
void add_new(const Verb& gerbang);
void add_run(const Verb& gerbang);
void add_rank(const Verb& gerbang);
void add_report(const Verb& gerbang);
void add_serve(const Verb& gerbang);
void add_assign(const Verb& gerbang);
void add_trade(const Verb& gerbang);
void add_brief(const Verb& gerbang);
void add_register(const Verb& gerbang);

inline constexpr void (*kVerbs[])(const Verb&) = {add_check, add_new,    add_run,   add_rank,  add_report,
                                                  add_serve, add_assign, add_trade, add_brief, add_register};

}  // namespace gerbang::app
