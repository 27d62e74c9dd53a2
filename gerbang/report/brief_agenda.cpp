// What to talk about, said in section 1: which projects are worth their cost, who pays and who gets it.
#include <algorithm>

#include "gerbang/report/brief_context.h"

namespace gerbang::report {
namespace {

// The projects by what they return for their cost, and what of it all the sides pay and get.
struct Agenda {
  Line worth_it, not_yet;
  std::vector<double> paid_idr_bn;  // by side
  double cost_idr_bn = 0.0;
  double gained_idr_bn = 0.0;  // a year, by everybody
  double gained_by_sides_idr_bn = 0.0;
};

void add_project(const BriefContext& context, ProjectId project, double ratio, Line& names) {
  if (!names.empty()) names.push_back({"; "});
  names.push_back({context.project_name(project), Tone::kStrong});
  for (Span& span : context.fill(
           {" (manfaat {} kali biaya)", " (benefit {} times cost)"},
           {Span{context.page().figure(ratio), Tone::kStrong, context.benefit_cost_trace(project, ratio)}}))
    names.push_back(std::move(span));
}

Agenda agenda_of(const BriefContext& context) {
  Agenda agenda{.paid_idr_bn = std::vector<double>(context.sides().size())};
  std::vector<std::pair<double, ProjectId>> by_ratio;
  for (const ProjectAssessment& project : context.projects()) {
    const std::optional<double> ratio = context.benefit_cost(project);
    if (!ratio) continue;
    by_ratio.emplace_back(-*ratio, project.project);
    const Project& row = context.world().projects[project.project];
    agenda.cost_idr_bn += *row.cost_idr_bn;
    agenda.gained_idr_bn += project.gain_idr_bn;
    for (std::size_t side = 0; side < context.sides().size(); ++side) {
      agenda.gained_by_sides_idr_bn += project.ev_idr_bn[context.sides()[side].value()];
      for (const ProjectOwner& owner : row.owners)
        if (owner.region == context.sides()[side])
          agenda.paid_idr_bn[side] += *row.cost_idr_bn * owner.cost_share;
    }
  }
  std::sort(by_ratio.begin(), by_ratio.end());
  for (const auto& [minus_ratio, project] : by_ratio)
    add_project(context, project, -minus_ratio, minus_ratio <= -1.0 ? agenda.worth_it : agenda.not_yet);
  return agenda;
}

// "{}: <names>."
Line named(const BriefContext& context, const Text& what, Line names) {
  Line line = {Span{context.in(what)}};
  for (Span& span : names) line.push_back(std::move(span));
  line.push_back({"."});
  return line;
}

// Money of the projects that are weighed here, from the study.
Span cost_span(const BriefContext& context, double idr_bn, const std::string& payer) {
  return {context.money(idr_bn), Tone::kPlain,
          context.worked_out(
              idr_bn, {"biaya proyek dan bagian pemiliknya", "costs of projects and shares of their owners"},
              {{"party", payer}}, "cost_idr_bn × cost_share")};
}

Line payers_line(const BriefContext& context, const Agenda& agenda) {
  Line line = {Span{context.in({"Siapa membayar menurut studi: ", "Who pays as the study has it: "})}};
  double paid = 0.0;
  for (std::size_t side = 0; side < agenda.paid_idr_bn.size(); ++side) {
    const RegionId region = context.sides()[side];
    line.push_back({(side > 0 ? ", " : "") + context.short_name(region) + " "});
    line.push_back(cost_span(context, agenda.paid_idr_bn[side], context.world().regions[region].id));
    paid += agenda.paid_idr_bn[side];
  }
  line.push_back({context.in({" dari ", " of "})});
  line.push_back(cost_span(context, agenda.cost_idr_bn, context.in({"semua", "all"})));
  line.push_back({"."});
  const double elsewhere = 1.0 - agenda.gained_by_sides_idr_bn / agenda.gained_idr_bn;
  if (agenda.gained_idr_bn > 0.0 && elsewhere > 0.5 && paid > 0.5 * agenda.cost_idr_bn)
    for (Span& span : context.fill(
             {" Namun, {} % manfaatnya dinikmati wilayah lain: bicarakan siapa lagi yang sebaiknya ikut "
              "membayar.",
              " But {} % of the benefit falls to other regions: discuss who else should pay."},
             {Span{
                 context.page().number(100.0 * elsewhere, 0), Tone::kPlain,
                 context.worked_out(
                     elsewhere,
                     {"skenario dengan dan tanpa tiap proyek", "scenario with and without each project"}, {},
                     context.in(
                         {"bagian ev_idr_bn di luar kedua pihak", "share of ev_idr_bn beyond the sides"}))}}))
      line.push_back(std::move(span));
  return line;
}

}  // namespace

// What to talk about first, what is not worth its cost yet, who would pay.
std::vector<Line> agenda_lines(const BriefContext& context) {
  Agenda agenda = agenda_of(context);
  std::vector<Line> lines;
  if (agenda.worth_it.empty() && agenda.not_yet.empty()) return lines;
  lines.push_back(payers_line(context, agenda));
  if (!agenda.not_yet.empty())
    lines.insert(lines.begin(),
                 named(context, {"Belum sepadan dengan biayanya: ", "Not worth its cost yet: "},
                       std::move(agenda.not_yet)));
  if (!agenda.worth_it.empty())
    lines.insert(lines.begin(),
                 named(context, {"Yang perlu dibicarakan lebih dahulu: ", "What to discuss first: "},
                       std::move(agenda.worth_it)));
  return lines;
}

}  // namespace gerbang::report
