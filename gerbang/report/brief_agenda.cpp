// What to talk about, said in section 1: which projects are worth their cost, who pays and who gets it.
#include <algorithm>

#include "gerbang/report/brief_context.h"

namespace gerbang::report {
namespace {

// The projects by what they return for their cost, and what of it all the sides pay and get.
struct Agenda {
  std::string worth_it, not_yet;
  std::vector<double> paid_idr_bn;  // by side
  double cost_idr_bn = 0.0;
  double gained_idr_bn = 0.0;  // a year, by everybody
  double gained_by_sides_idr_bn = 0.0;
};

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
  for (const auto& [minus_ratio, project] : by_ratio) {
    std::string& names = minus_ratio <= -1.0 ? agenda.worth_it : agenda.not_yet;
    names += (names.empty() ? "" : "; ") +
             context.say({"{} (manfaat {} kali biaya)", "{} (benefit {} times cost)"},
                         context.project_name(project), context.page().figure(-minus_ratio));
  }
  return agenda;
}

}  // namespace

// What to talk about first, what is not worth its cost yet, who would pay.
std::vector<Line> agenda_lines(const BriefContext& context) {
  const Agenda agenda = agenda_of(context);
  std::vector<Line> lines;
  if (agenda.worth_it.empty() && agenda.not_yet.empty()) return lines;
  if (!agenda.worth_it.empty())
    lines.push_back(context.fill({"Yang perlu dibicarakan lebih dahulu: {}.", "What to discuss first: {}."},
                                 {Span{agenda.worth_it, Tone::kStrong}}));
  if (!agenda.not_yet.empty())
    lines.push_back(context.fill({"Belum sepadan dengan biayanya: {}.", "Not worth its cost yet: {}."},
                                 {Span{agenda.not_yet}}));
  std::string shares;
  double paid = 0.0;
  for (std::size_t side = 0; side < agenda.paid_idr_bn.size(); ++side) {
    shares += (side > 0 ? ", " : "") + context.short_name(context.sides()[side]) + " " +
              context.money(agenda.paid_idr_bn[side]);
    paid += agenda.paid_idr_bn[side];
  }
  Line line = {Span{
      context.say({"Siapa membayar menurut studi: {} dari {}.", "Who pays as the study has it: {} of {}."},
                  shares, context.money(agenda.cost_idr_bn))}};
  const double elsewhere = 1.0 - agenda.gained_by_sides_idr_bn / agenda.gained_idr_bn;
  if (agenda.gained_idr_bn > 0.0 && elsewhere > 0.5 && paid > 0.5 * agenda.cost_idr_bn)
    line.push_back({context.say(
        {" Namun, {} % manfaatnya dinikmati wilayah lain: bicarakan siapa lagi yang sebaiknya ikut membayar.",
         " But {} % of the benefit falls to other regions: discuss who else should pay."},
        context.page().number(100.0 * elsewhere, 0))});
  lines.push_back(std::move(line));
  return lines;
}

}  // namespace gerbang::report
