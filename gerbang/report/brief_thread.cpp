// Section 5: what was agreed: open commitments of the sides, documents and their stage, last and next
// meetings.
#include <algorithm>

#include "gerbang/register/calendar.h"
#include "gerbang/report/brief_context.h"

namespace gerbang::report {
namespace {

using registry::field;
using registry::Record;

// What of the register concerns the sides.
class Thread {
 public:
  Thread(const BriefContext& context) : context_(context) {
    for (const Record& party : context.sources().thread.list({.kind = registry::Kind::kParty}))
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
  // Owned by one of the sides, or agreed where all of them met or signed.
  [[nodiscard]] bool is_of_sides(const Record& commitment) const {
    if (sides_among(field(commitment.fields, "owner")) > 0) return true;
    for (const char* name : {"event", "document"})
      if (const auto agreed_in = context_.sources().thread.find(std::string(field(commitment.fields, name))))
        if (!agreed_in->is_withdrawn && is_between(*agreed_in)) return true;
    return false;
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
  for (const Record& event : context.sources().thread.list({.kind = registry::Kind::kEvent})) {
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
  std::vector<registry::DueRecord> follow_ups =
      context.sources().thread.due(context.question().today, std::nullopt);
  std::erase_if(follow_ups, [&](const registry::DueRecord& due) {
    return due.record.kind != registry::Kind::kFollowUp || !thread.is_between(due.record);
  });
  for (std::size_t i = 0; i < std::min(kNext, follow_ups.size()); ++i) {
    const Record& next = follow_ups[i].record;
    Line line = {Span{context.in({"Berikutnya: ", "Next: "}), Tone::kStrong},
                 Span{registry::title_of(next, context.language())}, Span{", " + when(context, next)}};
    if (follow_ups[i].is_overdue) line.push_back({context.in({" (TERLAMBAT)", " (OVERDUE)"}), Tone::kBad});
    line.push_back({"."});
    items.push_back(std::move(line));
  }
}

std::string stage_name(const BriefContext& context, std::string_view id) {
  for (const CooperationStage& stage : context.world().cooperation_stages)
    if (stage.id == id) return context.page().name(stage);
  return std::string(id);
}

// The field as a reader sees it.
std::string shown(const BriefContext& context, const Record& record, std::string_view name) {
  const registry::FieldSpec& spec = *registry::field_of(registry::spec_of(record.kind), name);
  return registry::shown_value(spec, field(record.fields, name), context.language());
}

Line document_line(const BriefContext& context, const Record& document) {
  Line line = {Span{shown(context, document, "category") + ": ", Tone::kStrong},
               Span{registry::title_of(document, context.language())}};
  const auto add = [&](const Text& pattern, const std::string& value) {
    if (!value.empty()) line.push_back({context.say(pattern, value)});
  };
  add({", nomor {}", ", number {}"}, shown(context, document, "number"));
  add({", tahap: {}", ", stage: {}"}, stage_name(context, field(document.fields, "stage")));
  add({", persetujuan DPRD: {}", ", approval of the councils: {}"},
      shown(context, document, "council_approval"));
  add({", berlaku sampai {}", ", in force until {}"}, shown(context, document, "end"));
  line.push_back({"."});
  return line;
}

void add_documents(const BriefContext& context, const Thread& thread, std::vector<Line>& items) {
  std::vector<Record> documents = context.sources().thread.list({.kind = registry::Kind::kDocument});
  std::erase_if(documents, [&](const Record& document) { return !thread.is_between(document); });
  constexpr std::size_t kMost = 4;  // so that two pages remain two
  for (std::size_t i = 0; i < std::min(kMost, documents.size()); ++i)
    items.push_back(document_line(context, documents[i]));
  if (documents.size() > kMost)
    items.push_back({Span{context.say({"… dan {} dokumen lagi (gerbang register STUDI list document).",
                                       "… and {} more documents (gerbang register STUDY list document)."},
                                      documents.size() - kMost)}});
}

// What a year's delay of the linked project would cost each side.
Line delay_words(const BriefContext& context, const Record& commitment, const ProjectDelay* delay) {
  const std::string project(registry::linked_project(commitment.fields));
  if (delay == nullptr)
    return {Span{context.say({" Kerugian bila proyek {} mundur setahun tidak dapat dihitung.",
                              " What a year's delay of project {} costs cannot be worked out."},
                             project)}};
  Line line = {
      Span{context.say({" Proyek {} mundur setahun (dari {}): ", " Project {} a year later (than {}): "},
                       project, delay->first_year)}};
  for (const RegionId side : context.sides())
    for (const evaluate::RegionGain& gain : delay->lost.regions)
      if (gain.region == side) {
        line.push_back({(line.size() > 1 ? ", " : "") + context.short_name(side) + " "});
        Trace trace = context.result(
            -gain.ev_idr_bn, "commitments", {},
            context.in({"lost_idr_bn dengan tanda terbalik", "lost_idr_bn with its sign turned"}));
        trace.row = "id=" + commitment.id + " region_id=" + context.world().regions[side].id;
        line.push_back({context.money_change(-gain.ev_idr_bn), Tone::kPlain, std::move(trace)});
      }
  line.push_back({"."});
  return line;
}

Line commitment_line(const BriefContext& context, const Thread& thread, const registry::DueRecord& due) {
  Line line;
  if (due.is_overdue) line.push_back({context.in({"TERLAMBAT ", "OVERDUE "}), Tone::kBad});
  line.push_back({(due.due ? registry::date_text(*due.due, context.language())
                           : context.in({"tanpa tenggat", "no due date"})) +
                      ": ",
                  Tone::kStrong});
  line.push_back({registry::title_of(due.record, context.language()) + " – " +
                  thread.names(field(due.record.fields, "owner")) + "."});
  return line;
}

std::optional<ProjectId> project_of(const World& world, const Record& commitment) {
  for (const ProjectId project : world.projects.ids())
    if (world.projects[project].id == registry::linked_project(commitment.fields)) return project;
  return std::nullopt;
}

void add_commitments(const BriefContext& context, const Thread& thread, std::vector<Line>& items) {
  std::vector<registry::DueRecord> open =
      context.sources().thread.due(context.question().today, std::nullopt);
  std::erase_if(open, [&](const registry::DueRecord& due) {
    return due.record.kind != registry::Kind::kCommitment || !thread.is_of_sides(due.record);
  });
  if (open.empty())
    items.push_back(
        context.plain({"Komitmen terbuka: tidak ada yang tercatat.", "Open commitments: none on record."}));
  constexpr std::size_t kMost = 8;  // so that two pages remain two
  const std::size_t shown_count = std::min(kMost, open.size());
  std::vector<DelayQuestion> linked;
  for (std::size_t i = 0; i < shown_count; ++i)
    if (const auto project = project_of(context.world(), open[i].record)) linked.push_back({*project});
  const auto delays = delays_by_a_year(context.sources().evaluator, linked);
  std::size_t next = 0;
  for (std::size_t i = 0; i < shown_count; ++i) {
    Line line = commitment_line(context, thread, open[i]);
    if (project_of(context.world(), open[i].record)) {
      const std::optional<ProjectDelay>& delay = delays[next++];
      for (Span& span : delay_words(context, open[i].record, delay ? &*delay : nullptr))
        line.push_back(std::move(span));
    }
    items.push_back(std::move(line));
  }
  if (open.size() > kMost)
    items.push_back({Span{context.say({"… dan {} komitmen terbuka lagi (gerbang register STUDI due).",
                                       "… and {} more open commitments (gerbang register STUDY due)."},
                                      open.size() - kMost)}});
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
