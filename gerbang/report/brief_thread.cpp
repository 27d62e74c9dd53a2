// Section 5: what was agreed: open commitments of the sides, documents and their stage, last and next
// meetings.
#include <algorithm>

#include "gerbang/register/calendar.h"
#include "gerbang/report/brief_context.h"

namespace gerbang::report {
namespace {

using registry::field;
using registry::Kind;
using registry::Record;

// What of the register concerns the sides.
class Thread {
 public:
  Thread(const BriefContext& context) : context_(context) {
    for (const Record& party : context.sources().thread.list({.kind = Kind::kParty}))
      parties_.emplace(party.id, party);
  }

  // How many of the sides a list of parties stands for.
  [[nodiscard]] std::size_t sides_among(std::string_view parties) const {
    std::size_t count = 0;
    for (const RegionId side : context_.sides()) {
      const std::string& region = context_.world().regions[side].id;
      const std::vector<std::string> ids = split_words(parties);
      count += std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
        const auto known = parties_.find(id);
        return known != parties_.end() && field(known->second.fields, "region_id") == region;
      });
    }
    return count;
  }
  // All sides take part (of a single side: it does).
  [[nodiscard]] bool is_between(const Record& record) const {
    std::string parties;
    for (const char* name : {"hosts", "delegation", "parties"})
      parties += std::string(field(record.fields, name)) + " ";
    return sides_among(parties) == context_.sides().size();
  }
  [[nodiscard]] std::string names(std::string_view parties) const {
    std::string text;
    for (const std::string& id : split_words(parties)) {
      const auto known = parties_.find(id);
      text += (text.empty() ? "" : ", ") +
              (known == parties_.end() ? id : std::string(field(known->second.fields, "name")));
    }
    return text;
  }

 private:
  const BriefContext& context_;
  std::map<std::string, Record, std::less<>> parties_;
};

std::string when(const BriefContext& context, const Record& record) {
  const auto moment = registry::parse_moment(field(record.fields, registry::spec_of(record.kind).date));
  return moment ? registry::moment_text(*moment, context.language())
                : context.in({"tanggal belum ditetapkan", "no date set"});
}

Line event_line(const BriefContext& context, const Thread& thread, const Record& event) {
  Line line = {Span{when(context, event) + ": ", Tone::kStrong},
               Span{registry::title_of(event, context.language())}};
  if (const std::string_view place = field(event.fields, "place"); !place.empty())
    line.push_back({", " + std::string(place)});
  const std::string hosts = thread.names(field(event.fields, "hosts"));
  if (!hosts.empty())
    line.push_back({context.say({" (tuan rumah: {})", " (host: {})"}, hosts), Tone::kFaint});
  line.push_back({"."});
  return line;
}

// Meetings between the sides: the last ones, then what is ahead.
void add_meetings(const BriefContext& context, const Thread& thread, std::vector<Line>& items) {
  constexpr std::size_t kLast = 2, kNext = 3;
  std::vector<Record> past, ahead;
  for (const Record& event : context.sources().thread.list({.kind = Kind::kEvent})) {
    if (!thread.is_between(event)) continue;
    const auto start = registry::parse_moment(field(event.fields, "start"));
    (start && start->date > context.question().today ? ahead : past).push_back(event);
  }
  std::reverse(ahead.begin(), ahead.end());  // the nearest first
  std::stable_sort(past.begin(), past.end(), [](const Record& a, const Record& b) {
    // Of one day the visit before what belonged to it.
    return field(a.fields, "start") > field(b.fields, "start") ||
           (field(a.fields, "start") == field(b.fields, "start") && field(a.fields, "category") == "visit" &&
            field(b.fields, "category") != "visit");
  });
  for (std::size_t i = 0; i < std::min(kLast, past.size()); ++i)
    items.push_back(event_line(context, thread, past[i]));
  for (std::size_t i = 0; i < std::min(kNext, ahead.size()); ++i)
    items.push_back(event_line(context, thread, ahead[i]));
  for (const Record& next : context.sources().thread.list({.kind = Kind::kFollowUp})) {
    if (!thread.is_between(next) || field(next.fields, "state") != "open") continue;
    items.push_back({Span{context.in({"Berikutnya: ", "Next: "}), Tone::kStrong},
                     Span{registry::title_of(next, context.language())},
                     Span{", " + when(context, next) + "."}});
  }
}

std::string stage_name(const BriefContext& context, std::string_view id) {
  for (const CooperationStage& stage : context.world().cooperation_stages)
    if (stage.id == id) return context.page().name(stage);
  return std::string(id);
}

void add_documents(const BriefContext& context, const Thread& thread, std::vector<Line>& items) {
  for (const Record& document : context.sources().thread.list({.kind = Kind::kDocument})) {
    if (!thread.is_between(document)) continue;
    const registry::FieldSpec& category = *registry::field_of(registry::spec_of(Kind::kDocument), "category");
    Line line = {
        Span{registry::shown_value(category, field(document.fields, "category"), context.language()) + ": ",
             Tone::kStrong},
        Span{registry::title_of(document, context.language())}};
    if (const std::string_view stage = field(document.fields, "stage"); !stage.empty())
      line.push_back({context.say({", tahap: {}", ", stage: {}"}, stage_name(context, stage))});
    if (const auto end = registry::parse_date(field(document.fields, "end")))
      line.push_back({context.say({", berlaku sampai {}", ", in force until {}"},
                                  registry::date_text(*end, context.language()))});
    line.push_back({"."});
    items.push_back(std::move(line));
  }
}

// What a year's delay of the linked project would cost each side.
Line delay_words(const BriefContext& context, const ProjectDelay& delay) {
  std::vector<Span> spans;
  std::string losses;
  for (const RegionId side : context.sides())
    for (const evaluate::RegionGain& gain : delay.lost.regions)
      if (gain.region == side)
        losses += (losses.empty() ? "" : ", ") + context.short_name(side) + " " +
                  context.money_change(-gain.ev_idr_bn);
  return {Span{
      context.say({" Proyek {} mundur setahun (dari {}): {}.", " Project {} a year later (than {}): {}."},
                  context.world().projects[delay.project].id, delay.first_year, losses)}};
}

void add_commitments(const BriefContext& context, const Thread& thread, std::vector<Line>& items) {
  std::vector<registry::DueRecord> open;
  std::vector<DelayQuestion> linked;
  for (registry::DueRecord& due : context.sources().thread.due(context.question().today, std::nullopt)) {
    if (due.record.kind != Kind::kCommitment || thread.sides_among(field(due.record.fields, "owner")) == 0)
      continue;
    for (const ProjectId project : context.world().projects.ids())
      if (context.world().projects[project].id == field(due.record.fields, "project_id"))
        linked.push_back({project});
    open.push_back(std::move(due));
  }
  const auto delays = delays_by_a_year(context.sources().evaluator, linked);
  constexpr std::size_t kMost = 8;  // so that two pages remain two
  for (std::size_t i = 0; i < std::min(kMost, open.size()); ++i) {
    const registry::DueRecord& due = open[i];
    Line line;
    if (due.is_overdue) line.push_back({context.in({"TERLAMBAT ", "OVERDUE "}), Tone::kBad});
    line.push_back({(due.due ? registry::date_text(*due.due, context.language())
                             : context.in({"tanpa tenggat", "no due date"})) +
                        ": ",
                    Tone::kStrong});
    line.push_back({registry::title_of(due.record, context.language()) + " – " +
                    thread.names(field(due.record.fields, "owner")) + "."});
    for (const std::optional<ProjectDelay>& delay : delays)
      if (delay && context.world().projects[delay->project].id == field(due.record.fields, "project_id")) {
        for (Span& span : delay_words(context, *delay)) line.push_back(std::move(span));
        break;
      }
    items.push_back(std::move(line));
  }
  if (open.size() > kMost)
    items.push_back({Span{context.say({"… dan {} komitmen terbuka lagi (gerbang register STUDI due).",
                                       "… and {} more open commitments (gerbang register STUDY due)."},
                                      open.size() - kMost)}});
  if (open.empty())
    items.push_back(
        context.plain({"Komitmen terbuka: tidak ada yang tercatat.", "Open commitments: none on record."}));
}

}  // namespace

void say_thread(const BriefContext& context, std::vector<Block>& blocks) {
  blocks.push_back(heading(context.in({"5. Apa yang disepakati", "5. What was agreed"})));
  const Thread thread(context);
  std::vector<Line> items;
  add_commitments(context, thread, items);
  add_documents(context, thread, items);
  const std::size_t before = items.size();
  add_meetings(context, thread, items);
  if (items.size() == before)
    items.push_back(context.plain({"Pertemuan: tidak ada yang tercatat.", "Meetings: none on record."}));
  blocks.push_back(list(std::move(items)));
}

}  // namespace gerbang::report
