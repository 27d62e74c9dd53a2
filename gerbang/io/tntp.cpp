#include "gerbang/io/tntp.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <string>

#include "gerbang/io/faults.h"
#include "gerbang/io/file.h"

namespace gerbang::io {
namespace {

constexpr std::size_t kMostFaults = 50;
constexpr double kGreatestNumber = 2e9;  // of a node, zone or link

// A place in the text that moves over white space and comments; knows its line only when a fault asks.
class Cursor {
 public:
  Cursor(std::string_view text, std::string_view file) : text_(text), file_(file) {}

  [[nodiscard]] bool at_end() {
    skip_space();
    return place_ >= text_.size();
  }
  [[nodiscard]] char peek() const { return place_ < text_.size() ? text_[place_] : '\0'; }
  bool take(char expected) {
    skip_space();
    if (peek() != expected) return false;
    ++place_;
    return true;
  }
  bool take(std::string_view word) {
    skip_space();
    if (!text_.substr(place_).starts_with(word)) return false;
    place_ += word.size();
    return true;
  }
  [[nodiscard]] std::string_view take_until(char end) {
    const std::size_t found = std::min(text_.find(end, place_), text_.size());
    const std::string_view taken = text_.substr(place_, found - place_);
    place_ = found;
    return taken;
  }
  void skip_line() { (void)take_until('\n'); }

  // A finite number, or none, with a fault.
  std::optional<double> number(std::string_view name) {
    skip_space();
    if (peek() == '+') ++place_;
    double value = 0.0;
    const char* begin = text_.data() + place_;
    const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), value);
    if (error == std::errc{} && std::isfinite(value)) {
      place_ += static_cast<std::size_t>(end - begin);
      return value;
    }
    fault(said({"{} bukan angka: '{}'", "{} is no number: '{}'"}, name, word()),
          {"angka desimal yang berhingga", "a finite decimal number"});
    return std::nullopt;
  }
  // The number of a node, zone or link: whole, at least `least`.
  std::optional<std::uint32_t> index(std::string_view name, double least) {
    const std::optional<double> value = number(name);
    if (!value) return std::nullopt;
    if (*value >= least && *value <= kGreatestNumber && *value == std::floor(*value)) {
      return static_cast<std::uint32_t>(*value);
    }
    fault(said({"{} {}", "{} {}"}, name, *value),
          said({"bilangan bulat mulai {}", "a whole number from {}"}, least));
    return std::nullopt;
  }

  void fault(Message found, Message expected) {
    if (faults_.size() < kMostFaults) faults_.add(fault_here(std::move(found), std::move(expected)));
  }
  // A fault of the whole file.
  void file_fault(Message found, Message expected) {
    faults_.add({.file = file_, .found = std::move(found), .expected = std::move(expected)});
  }
  [[nodiscard]] bool has_fault() const { return !faults_.empty(); }
  [[nodiscard]] bool is_hopeless() const { return faults_.size() >= kMostFaults; }
  void throw_if_any() const { faults_.throw_if_any(); }

 private:
  void skip_space() {
    while (place_ < text_.size()) {
      const char c = text_[place_];
      if (c == '~') {
        skip_line();
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        ++place_;
      } else {
        return;
      }
    }
  }
  [[nodiscard]] std::string word() const {
    const std::size_t end = std::min(text_.find_first_of(" \t\r\n;:", place_), text_.size());
    return shown(text_.substr(place_, end - place_));
  }
  [[nodiscard]] Fault fault_here(Message found, Message expected) const {
    const std::string_view before = text_.substr(0, std::min(place_, text_.size()));
    const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 = 0: the first line
    return {.file = file_,
            .line = static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1,
            .column = before.size() - line_start + 1,
            .found = std::move(found),
            .expected = std::move(expected)};
  }

  std::string_view text_;
  std::string file_;
  std::size_t place_ = 0;
  Faults faults_;
};

using Metadata = std::map<std::string, double, std::less<>>;

// <NAME> number, up to <END OF METADATA>; values that are no numbers are notes.
Metadata read_metadata(Cursor& cursor) {
  Metadata metadata;
  while (!cursor.at_end()) {
    if (!cursor.take('<')) {
      cursor.fault({"ada teks sebelum <END OF METADATA>", "text before <END OF METADATA>"},
                   {"baris seperti '<NUMBER OF NODES> 24'", "lines such as '<NUMBER OF NODES> 24'"});
      break;
    }
    const std::string name(cursor.take_until('>'));
    cursor.take('>');
    if (name == "END OF METADATA") return metadata;
    const std::string_view rest = cursor.take_until('\n');
    const std::size_t begin = rest.find_first_not_of(" \t");
    double value = 0.0;
    if (begin == std::string_view::npos) continue;
    const auto [end, error] = std::from_chars(rest.data() + begin, rest.data() + rest.size(), value);
    if (error == std::errc{} && std::isfinite(value)) metadata[name] = value;
  }
  cursor.file_fault({"tidak ada <END OF METADATA>", "no <END OF METADATA>"}, {"berkas TNTP", "a TNTP file"});
  cursor.throw_if_any();
  return metadata;
}

std::uint32_t count_of(const Metadata& metadata, std::string_view name, Cursor& cursor) {
  const auto found = metadata.find(name);
  if (found != metadata.end() && found->second >= 1.0 && found->second <= kGreatestNumber &&
      found->second == std::floor(found->second)) {
    return static_cast<std::uint32_t>(found->second);
  }
  cursor.file_fault(
      said({"tidak ada <{}> yang dapat dipakai dalam metadata", "no usable <{}> in the metadata"}, name),
      {"bilangan bulat mulai 1", "a whole number from 1"});
  return 0;
}

void check_link(const TntpLink& link, const TntpNetwork& network, Cursor& cursor) {
  if (std::max(link.from, link.to) > network.node_count) {
    cursor.fault(
        said({"ruas {} → {}", "link {} → {}"}, link.from, link.to),
        said({"simpul 1 … {}, menurut metadata", "nodes 1 … {}, as the metadata say"}, network.node_count));
  }
  if (std::min({link.capacity, link.length, link.free_flow_time, link.b, link.power, link.toll}) < 0.0) {
    cursor.fault(
        said({"ruas {} → {} punya angka negatif", "link {} → {} has a negative number"}, link.from, link.to),
        {"nol atau lebih", "zero or more"});
  }
  const bool is_constant = link.free_flow_time == 0.0 || link.b == 0.0 || link.power == 0.0;
  if (!is_constant && link.capacity == 0.0) {
    cursor.fault(said({"ruas {} → {} berkapasitas 0", "link {} → {} has capacity 0"}, link.from, link.to),
                 {"suatu kapasitas, sebab waktunya bergantung pada volume",
                  "a capacity, for its time depends on the volume"});
  }
}

// One row, its closing semicolon (which some files leave out) included; false when it cannot be read.
bool read_link(Cursor& cursor, TntpLink& link) {
  const auto from = cursor.index("init_node", 1);
  if (!from) return false;
  const auto to = cursor.index("term_node", 1);
  if (!to) return false;
  link.from = *from;
  link.to = *to;
  const std::pair<const char*, double TntpLink::*> columns[] = {{"capacity", &TntpLink::capacity},
                                                                {"length", &TntpLink::length},
                                                                {"free_flow_time", &TntpLink::free_flow_time},
                                                                {"b", &TntpLink::b},
                                                                {"power", &TntpLink::power},
                                                                {"speed", &TntpLink::speed},
                                                                {"toll", &TntpLink::toll},
                                                                {"link_type", &TntpLink::type}};
  for (const auto& [name, member] : columns) {
    const auto value = cursor.number(name);
    if (!value) return false;
    link.*member = *value;
  }
  cursor.take(';');
  return true;
}

}  // namespace

TntpNetwork parse_tntp_network(std::string_view text, std::string_view file) {
  Cursor cursor(text, file);
  const Metadata metadata = read_metadata(cursor);
  TntpNetwork network;
  network.zone_count = count_of(metadata, "NUMBER OF ZONES", cursor);
  network.node_count = count_of(metadata, "NUMBER OF NODES", cursor);
  network.first_through_node = count_of(metadata, "FIRST THRU NODE", cursor);
  const std::uint32_t link_count = count_of(metadata, "NUMBER OF LINKS", cursor);
  cursor.throw_if_any();
  while (!cursor.at_end() && !cursor.is_hopeless()) {
    TntpLink link;
    if (!read_link(cursor, link)) {
      cursor.skip_line();
      continue;
    }
    check_link(link, network, cursor);
    network.links.push_back(link);
  }
  if (network.links.size() != link_count && !cursor.has_fault()) {
    cursor.file_fault(said({"{} ruas", "{} links"}, network.links.size()),
                      said({"{}, menurut <NUMBER OF LINKS>: apakah berkasnya utuh?",
                            "{}, as <NUMBER OF LINKS> says: is the file whole?"},
                           link_count));
  }
  cursor.throw_if_any();
  return network;
}

std::vector<TntpTrips> parse_tntp_trips(std::string_view text, std::string_view file) {
  constexpr double kTotalTolerance = 0.001;  // published totals are rounded
  Cursor cursor(text, file);
  const Metadata metadata = read_metadata(cursor);
  const std::uint32_t zone_count = count_of(metadata, "NUMBER OF ZONES", cursor);
  cursor.throw_if_any();
  std::vector<TntpTrips> trips;
  std::uint32_t origin = 0;
  double total = 0.0;
  const auto check_zone = [&](std::uint32_t zone) {
    if (zone > zone_count)
      cursor.fault(said({"zona {}", "zone {}"}, zone), said({"zona 1 … {}", "zones 1 … {}"}, zone_count));
  };
  while (!cursor.at_end() && !cursor.is_hopeless()) {
    if (cursor.take("Origin")) {
      const auto number = cursor.index("origin", 1);
      if (number) check_zone(*number);
      origin = number.value_or(0);
      if (!number) cursor.skip_line();
      continue;
    }
    const auto destination = cursor.index("destination", 1);
    const bool has_colon = destination && cursor.take(':');
    const auto volume = has_colon ? cursor.number("trips") : std::nullopt;
    if (destination && !has_colon)
      cursor.fault({"tidak ada ':' sesudah tujuan", "no ':' after a destination"},
                   {"pasangan seperti '2 : 100.0;'", "pairs such as '2 : 100.0;'"});
    if (!volume) {
      cursor.skip_line();
      continue;
    }
    if (*volume < 0.0)
      cursor.fault(said({"{} perjalanan", "{} trips"}, *volume), {"nol atau lebih", "zero or more"});
    if (origin == 0)
      cursor.fault({"ada perjalanan sebelum asal pertama", "trips before the first origin"},
                   {"baris 'Origin 1' di atasnya", "a line 'Origin 1' above them"});
    check_zone(*destination);
    cursor.take(';');
    total += *volume;
    if (*volume > 0.0) trips.push_back({origin, *destination, *volume});
  }
  const auto announced = metadata.find("TOTAL OD FLOW");
  if (announced != metadata.end() &&
      std::abs(total - announced->second) > kTotalTolerance * announced->second) {
    cursor.file_fault(said({"{} perjalanan", "{} trips"}, total),
                      said({"{}, menurut <TOTAL OD FLOW>: apakah berkasnya utuh?",
                            "{}, as <TOTAL OD FLOW> says: is the file whole?"},
                           announced->second));
  }
  cursor.throw_if_any();
  return trips;
}

TntpNetwork read_tntp_network(const std::filesystem::path& path) {
  return parse_tntp_network(read_file(path), path.string());
}

std::vector<TntpTrips> read_tntp_trips(const std::filesystem::path& path) {
  return parse_tntp_trips(read_file(path), path.string());
}

}  // namespace gerbang::io
