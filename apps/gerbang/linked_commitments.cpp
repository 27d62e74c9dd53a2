#include "apps/gerbang/linked_commitments.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "gerbang/register/calendar.h"
#include "gerbang/report/page.h"
#include "gerbang/world/apply.h"

namespace gerbang::app {
namespace {

struct Loss {
  RegionId region;
  double idr_bn = 0.0;
};
std::vector<Loss> losses_of(const report::ProjectDelay& delay, const World& world) {
  const std::set<RegionId> regions = concerned_by(world.projects[delay.project]);
  std::vector<Loss> losses;
  for (const evaluate::RegionGain& gain : delay.lost.regions)
    if (regions.contains(gain.region)) losses.push_back({gain.region, gain.ev_idr_bn});
  return losses;
}

}  // namespace

std::vector<LinkedCommitment> linked_commitments(const registry::Register& thread,
                                                 evaluate::Evaluator& evaluator) {
  const World& world = evaluator.world();
  std::vector<LinkedCommitment> linked;
  std::vector<report::DelayQuestion> questions;
  for (registry::DueRecord& due : thread.due(registry::today(), std::nullopt)) {
    if (due.record.kind != registry::Kind::kCommitment) continue;
    for (const ProjectId project : world.projects.ids()) {
      if (world.projects[project].id != registry::linked_project(due.record.fields)) continue;
      questions.push_back({project});
      linked.push_back({std::move(due), {}});
      break;
    }
  }
  if (linked.empty()) return linked;
  std::vector<std::optional<report::ProjectDelay>> delays = report::delays_by_a_year(evaluator, questions);
  for (std::size_t i = 0; i < linked.size(); ++i) linked[i].delay = std::move(delays[i]);
  return linked;
}

std::string commitments_text(const std::vector<LinkedCommitment>& commitments, const World& world,
                             Language language) {
  if (commitments.empty()) return "";
  report::Page page(language);
  page.heading(
      page.say({"KOMITMEN TERBUKA YANG TERTAUT PROYEK (kerugian bila proyek mundur setahun, miliar rupiah)",
                "OPEN COMMITMENTS LINKED TO A PROJECT (what a year's delay of the project costs, IDR bn)"}));
  for (const LinkedCommitment& commitment : commitments) {
    const auto& due = commitment.due;
    std::string words;
    if (commitment.delay)
      for (const Loss& loss : losses_of(*commitment.delay, world))
        words += (words.empty() ? "" : ", ") + page.name(world.regions[loss.region]) + " " +
                 page.change(-loss.idr_bn);
    if (words.empty())
      words = page.say({"tidak dihitung: proyek itu tidak ada dalam skenario mana pun atau tidak bertahun",
                        "not worked out: no scenario has that project, or it has no year"});
    page.line({" {}{}: {} ({}): {}", " {}{}: {} ({}): {}"},
              due.is_overdue ? page.say({"TERLAMBAT ", "OVERDUE "}) : "",
              due.due ? registry::date_text(*due.due, language) : page.say({"tanpa tenggat", "no due date"}),
              registry::title_of(due.record, language), registry::linked_project(due.record.fields), words);
  }
  return page.text();
}

nlohmann::ordered_json commitments_json(const std::vector<LinkedCommitment>& commitments,
                                        const World& world) {
  auto list = nlohmann::ordered_json::array();
  for (const LinkedCommitment& commitment : commitments) {
    nlohmann::ordered_json row = {
        {"id", commitment.due.record.id},
        {"project_id", registry::linked_project(commitment.due.record.fields)},
        {"due",
         commitment.due.due ? nlohmann::ordered_json(registry::date_id(*commitment.due.due)) : nullptr},
        {"is_overdue", commitment.due.is_overdue},
        {"delay", nullptr}};
    if (commitment.delay) {
      auto regions = nlohmann::ordered_json::array();
      for (const Loss& loss : losses_of(*commitment.delay, world))
        regions.push_back({{"region_id", world.regions[loss.region].id}, {"lost_idr_bn", loss.idr_bn}});
      row["delay"] = {{"scenario", world.scenarios[commitment.delay->scenario].id},
                      {"first_year", commitment.delay->first_year},
                      {"lost_idr_bn", commitment.delay->lost.ev_idr_bn},
                      {"regions", std::move(regions)}};
    }
    list.push_back(std::move(row));
  }
  return list;
}

}  // namespace gerbang::app
