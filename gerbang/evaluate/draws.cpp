#include "gerbang/evaluate/draws.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <numeric>

#include "gerbang/base/error.h"
#include "gerbang/base/hash.h"
#include "gerbang/base/parallel.h"
#include "gerbang/base/random.h"
#include "gerbang/evaluate/gains.h"
#include "gerbang/world/apply.h"
#include "gerbang/world/visit.h"

namespace gerbang::evaluate {
namespace {

// Enough for percentiles: on the example 99 of 100 gains are then within 3 % of their own standard deviation
// over the draws of what 1e-8 gives, a fifth of the sampling error of 200 draws.
constexpr Residuals kDrawTolerances{.road_gap = 1e-6, .use = 1e-4, .road_demand = 1e-4, .market = 1e-9};
// Part of the variance that cells of a column share.
constexpr double kCommon = 0.5;
constexpr double kLowQuantile = 0.05;
constexpr std::size_t kCandidates = 6;  // assumptions re-solved
constexpr std::size_t kSwings = 3;      // and told

// Rows of these tables mean different things: each is an assumption of its own.
bool rows_stand_alone(const std::string& table) {
  return table == "parameter" || table == "trend" || table == "edit" || table == "project";
}

// Nothing that is solved depends on these; what does is worked out from an outcome afterwards.
bool moves_no_outcome(const Uncertainty& cell) {
  return cell.table == "parameter" && cell.row.starts_with("project_");
}

double normal_distribution(double z) {
  return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

// The quantile of the triangular distribution of a cell.
double triangular(const Uncertainty& cell, double quantile) {
  const double width = cell.high - cell.low;
  if (!(width > 0.0)) return cell.value;
  const double peak = (cell.value - cell.low) / width;
  return quantile < peak ? cell.low + width * std::sqrt(quantile * peak)
                         : cell.high - width * std::sqrt((1.0 - quantile) * (1.0 - peak));
}

World without_sources(World world) {
  world.uncertainties.clear();
  const auto forget = [](auto& rows) {
    for (auto& row : rows) row.provenance = {.source = "", .quality = row.provenance.quality};
  };
  for (const std::string_view table :
       {"region", "sector", "freight_class", "node", "link", "terminal", "service", "project", "value_added",
        "input_output", "final_demand", "foreign_trade", "observed_flow", "edit", "trend", "move", "payer"})
    detail::visit_plain_table(world, table, forget);
  for (Service& service : world.services) {
    forget(service.legs);
    for (ServiceLeg& leg : service.legs) leg.route.clear();  // drawn on maps alone
  }
  for (Project& project : world.projects) forget(project.owners);
  forget(world.parameter_rows);
  world.observations.clear();
  return world;
}

void set_cell(World& world, const Uncertainty& cell, double value) {
  apply_edit(world, {.table = cell.table,
                     .row = cell.row,
                     .column = cell.column,
                     .operation = EditOperation::kSet,
                     .value = value});
}

// A calibrated and solved world, compared.
Sample answer(const Evaluator& central, const World& world, std::span<const Contest> contests) {
  Sample sample;
  try {
    Evaluator drawn(world,
                    {.tolerances = kDrawTolerances, .detail = Detail::kGainsOnly, .central = &central});
    if (!drawn.base_year().is_converged) {
      sample.failure = {"tahun dasar tidak konvergen", "the base year did not converge"};
      return sample;
    }
    for (const Contest& contest : contests) {
      const auto reference = drawn.evaluate(contest.reference);
      const auto outcome = drawn.evaluate(contest.outcome);
      if (!reference->is_converged || !outcome->is_converged) {
        sample.failure = said({"{} tidak konvergen", "{} did not converge"}, outcome->scenario);
        return sample;
      }
      const Gains found = gains(drawn.base_year().economy, *reference, *outcome);
      Sample::Answer& told = sample.answers.emplace_back();
      told.ev_idr_bn = found.ev_idr_bn;
      for (const RegionGain& gain : found.regions) {
        told.by_region.push_back(gain.ev_idr_bn);
        told.percent.push_back(gain.ev_percent);
      }
    }
  } catch (const InputError& error) {
    sample.answers.clear();
    sample.failure = error.faults().front().found;
  }
  return sample;
}

// Samples as bytes: the failure's length and text, then the answers' sizes and numbers. Only ever read by the
// binary that wrote them.
class Bytes {
 public:
  void add(std::uint64_t value) { bytes_.append(reinterpret_cast<const char*>(&value), sizeof value); }
  void add(double value) { add(std::bit_cast<std::uint64_t>(value)); }
  void add(const std::string& text) {
    add(std::uint64_t{text.size()});
    bytes_ += text;
  }
  void add(const std::vector<double>& values) {
    add(std::uint64_t{values.size()});
    for (const double value : values) add(value);
  }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

std::string to_bytes(const Sample& sample) {
  Bytes bytes;
  bytes.add(sample.failure.in(Language::kIndonesian));
  bytes.add(sample.failure.in(Language::kEnglish));
  bytes.add(std::uint64_t{sample.answers.size()});
  for (const Sample::Answer& told : sample.answers) {
    bytes.add(told.ev_idr_bn);
    bytes.add(told.by_region);
    bytes.add(told.percent);
  }
  return bytes.take();
}

class BytesReader {
 public:
  explicit BytesReader(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t whole() {
    std::uint64_t value = 0;
    const std::string_view part = text(sizeof value);
    if (is_good_) std::copy(part.begin(), part.end(), reinterpret_cast<char*>(&value));
    return value;
  }
  double number() { return std::bit_cast<double>(whole()); }
  std::string_view text(std::size_t size) {
    is_good_ = is_good_ && size <= bytes_.size();
    if (!is_good_) return {};
    const std::string_view part = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return part;
  }
  std::vector<double> numbers() {
    std::vector<double> values;
    for (std::uint64_t left = whole(); left > 0 && is_good_; --left) values.push_back(number());
    return values;
  }
  [[nodiscard]] bool is_good() const { return is_good_; }
  [[nodiscard]] bool is_done() const { return is_good_ && bytes_.empty(); }

 private:
  std::string_view bytes_;
  bool is_good_ = true;
};

std::optional<Sample> sample_from(std::string_view bytes) {
  BytesReader reader(bytes);
  Sample sample;
  const std::string_view id = reader.text(reader.whole());
  sample.failure = {id, reader.text(reader.whole())};
  for (std::uint64_t left = reader.whole(); left > 0 && reader.is_good(); --left) {
    Sample::Answer& told = sample.answers.emplace_back();
    told.ev_idr_bn = reader.number();
    told.by_region = reader.numbers();
    told.percent = reader.numbers();
  }
  return reader.is_done() ? std::optional(std::move(sample)) : std::nullopt;
}

// What names a world's answers: `what` and `number` say which world of the study it is.
std::string hash_of(const Evaluator& central, std::span<const Contest> contests, const DrawOptions& options,
                    std::string_view what, std::uint64_t number) {
  Hasher hasher;
  hasher.add("gerbang draw 3").add(options.fingerprint).add(central.study_hash());
  hasher.add(what).add(number);
  for (const Contest& contest : contests)
    for (const Request* request : {&contest.reference, &contest.outcome})
      hasher.add(central.known(*request)->hash);
  return hasher.hex();
}

// From the cache where it is there, else solved and kept.
Sample answer_once(const Evaluator& central, std::span<const Contest> contests, const DrawOptions& options,
                   const std::string& hash, const std::function<World()>& world) {
  if (options.cache != nullptr)
    if (const std::optional<std::string> bytes = options.cache->get(hash))
      if (std::optional<Sample> kept = sample_from(*bytes)) return std::move(*kept);
  Sample sample = answer(central, world(), contests);
  if (options.cache != nullptr) options.cache->put(hash, to_bytes(sample));
  return sample;
}

double correlation(std::span<const double> x, std::span<const double> y) {
  const double n = static_cast<double>(x.size());
  const double mean_x = std::accumulate(x.begin(), x.end(), 0.0) / n;
  const double mean_y = std::accumulate(y.begin(), y.end(), 0.0) / n;
  double xy = 0.0, xx = 0.0, yy = 0.0;
  for (std::size_t k = 0; k < x.size(); ++k) {
    xy += (x[k] - mean_x) * (y[k] - mean_y);
    xx += (x[k] - mean_x) * (x[k] - mean_x);
    yy += (y[k] - mean_y) * (y[k] - mean_y);
  }
  return xx > 0.0 && yy > 0.0 ? xy / std::sqrt(xx * yy) : 0.0;
}

}  // namespace

Sampler::Sampler(const World& study, std::uint64_t seed)
    : study_(study), world_(without_sources(study)), seed_(seed) {
  std::map<std::pair<std::string, std::string>, std::size_t> of_column;
  for (std::size_t c = 0; c < study.uncertainties.size(); ++c) {
    const Uncertainty& cell = study.uncertainties[c];
    if (moves_no_outcome(cell)) continue;
    if (rows_stand_alone(cell.table)) {
      assumptions_.push_back({cell.table, cell.row, cell.column, {c}});
      continue;
    }
    const auto [known, is_new] = of_column.try_emplace({cell.table, cell.column}, assumptions_.size());
    if (is_new) assumptions_.push_back({cell.table, "", cell.column, {}});
    assumptions_[known->second].cells.push_back(c);
  }
}

std::vector<double> Sampler::errors(std::size_t draw) const {
  std::vector<double> errors;
  Random random(seed_, draw);
  for (std::size_t a = 0; a < assumptions_.size(); ++a) errors.push_back(random.normal());
  return errors;
}

World Sampler::draw(std::size_t draw) const {
  const std::vector<double> common = errors(draw);
  World world = world_;
  // Own errors come from a stream beside that of the common ones.
  Random random(seed_ ^ 0x6f776e, draw);
  for (std::size_t a = 0; a < assumptions_.size(); ++a)
    for (const std::size_t c : assumptions_[a].cells) {
      const Uncertainty& cell = study_.uncertainties[c];
      const double own = random.normal();
      const double z = rows_stand_alone(cell.table)
                           ? common[a]
                           : std::sqrt(kCommon) * common[a] + std::sqrt(1.0 - kCommon) * own;
      set_cell(world, cell, triangular(cell, normal_distribution(z)));
    }
  return world;
}

World Sampler::with(std::size_t assumption, double quantile) const {
  World world = world_;
  for (const std::size_t c : assumptions_[assumption].cells)
    set_cell(world, study_.uncertainties[c], triangular(study_.uncertainties[c], quantile));
  return world;
}

std::vector<Sample> draw_samples(const Evaluator& central, std::span<const Contest> contests,
                                 const DrawOptions& options) {
  const Sampler sampler(central.study(), options.seed);
  std::vector<Sample> samples(options.count);
  std::atomic<std::size_t> done = 0;
  parallel_for(options.count, [&](std::size_t draw) {
    const std::string hash =
        hash_of(central, contests, options, "seed " + std::to_string(options.seed), draw);
    samples[draw] = answer_once(central, contests, options, hash, [&] { return sampler.draw(draw); });
    if (options.observer) options.observer({"draws", ++done, options.count, 0.0});
  });
  return samples;
}

std::vector<Swing> widest_swings(const Evaluator& central, const Contest& contest,
                                 std::span<const double> ev_by_draw, const DrawOptions& options) {
  const Sampler sampler(central.study(), options.seed);
  std::vector<Swing> swings(sampler.assumptions().size());
  std::vector<std::vector<double>> errors(swings.size());
  std::vector<double> ev;
  for (std::size_t draw = 0; draw < ev_by_draw.size(); ++draw) {
    if (!std::isfinite(ev_by_draw[draw])) continue;  // a draw without an answer
    ev.push_back(ev_by_draw[draw]);
    const std::vector<double> of_draw = sampler.errors(draw);
    for (std::size_t a = 0; a < swings.size(); ++a) errors[a].push_back(of_draw[a]);
  }
  for (std::size_t a = 0; a < swings.size(); ++a) swings[a] = {a, correlation(errors[a], ev), 0.0, 0.0};
  std::stable_sort(swings.begin(), swings.end(), [](const Swing& a, const Swing& b) {
    return std::abs(a.correlation) > std::abs(b.correlation);
  });
  swings.resize(std::min(swings.size(), kCandidates));
  parallel_for(2 * swings.size(), [&](std::size_t task) {
    Swing& swing = swings[task / 2];
    const bool is_low = task % 2 == 0;
    const std::span<const Contest> alone(&contest, 1);
    const std::string hash = hash_of(central, alone, options, is_low ? "low" : "high", swing.assumption);
    const Sample sample = answer_once(central, alone, options, hash, [&] {
      return sampler.with(swing.assumption, is_low ? kLowQuantile : 1.0 - kLowQuantile);
    });
    (is_low ? swing.ev_at_low : swing.ev_at_high) =
        sample.failure.empty() ? sample.answers.front().ev_idr_bn : std::numeric_limits<double>::quiet_NaN();
  });
  const auto width = [](const Swing& swing) {
    const double apart = std::abs(swing.ev_at_high - swing.ev_at_low);
    return std::isnan(apart) ? std::numeric_limits<double>::infinity() : apart;
  };
  std::stable_sort(swings.begin(), swings.end(),
                   [&](const Swing& a, const Swing& b) { return width(a) > width(b); });
  swings.resize(std::min(swings.size(), kSwings));
  return swings;
}

}  // namespace gerbang::evaluate
