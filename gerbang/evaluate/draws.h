// How sure: the study drawn again and again from the ranges of its estimated values, each draw calibrated
// anew and evaluated for the same requests. Cells of one column share part of their error (they mostly come
// from one rule):
//     z_cell = √½ z_column + √½ z_own,   x = F⁻¹(Φ(z_cell)),   F triangular on [low, high] with its peak at
//     the value
// Rows of parameter, trend, edit and project mean different things and share nothing. Every draw has its own
// random stream, so that draw 17 is the same whatever else is drawn; and all scenarios of a draw see the same
// world.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "gerbang/base/message.h"
#include "gerbang/evaluate/evaluate.h"

namespace gerbang::evaluate {

// What is drawn together: a column with a common error, or one cell.
struct Assumption {
  std::string table;
  std::string row;  // empty: all rows of the column
  std::string column;
  std::vector<std::size_t> cells;  // into World::uncertainties
};

class Sampler {
 public:
  // Keeps a reference to the study.
  Sampler(const World& study, std::uint64_t seed);

  [[nodiscard]] const std::vector<Assumption>& assumptions() const { return assumptions_; }

  // The common errors z of the assumptions in a draw.
  [[nodiscard]] std::vector<double> errors(std::size_t draw) const;
  // Worlds have no sources, ranges, observations and routes at sea: nothing asks a draw for them, and each is
  // copied a dozen times.
  [[nodiscard]] World draw(std::size_t draw) const;
  // The study's own world with all cells of one assumption at the same quantile of their ranges, 0 to 1.
  [[nodiscard]] World with(std::size_t assumption, double quantile) const;

 private:
  const World& study_;
  World world_;  // the study's, without these
  std::uint64_t seed_;
  std::vector<Assumption> assumptions_;
};

// A question asked of every draw: who gains by the outcome against the reference.
struct Contest {
  Request reference;
  Request outcome;
};

// What one draw answers, contest by contest.
struct Sample {
  struct Answer {
    double ev_idr_bn = 0.0;  // of the nation
    std::vector<double>
        by_region;                // EV of those who stay, IDR bn, domestic regions in the order of the study
    std::vector<double> percent;  // of their income
  };
  std::vector<Answer> answers;
  Message failure;  // why the draw has no answers; empty when it has
};

struct DrawOptions {
  std::size_t count = 0;
  std::uint64_t seed = 1;
  std::string fingerprint;  // of the engine, and
  Cache* cache = nullptr;   // where samples are kept, so that an interrupted run resumes; none: nowhere
  Observer observer;
};

// The samples, in the order of the draws. `central` must know all requests of the contests. The same bytes
// for any number of threads and however often it was interrupted.
[[nodiscard]] std::vector<Sample> draw_samples(const Evaluator& central, std::span<const Contest> contests,
                                               const DrawOptions& options);

// The contest's national EV with one assumption at each end of its range, all else central: what it moves.
struct Swing {
  std::size_t assumption = 0;  // into Sampler::assumptions()
  double correlation = 0.0;    // of its common error with the EV over the draws
  double ev_at_low = 0.0;      // IDR bn a year; not a number where the study has no meaning there
  double ev_at_high = 0.0;
};

// The assumptions that move a contest's national EV most: the likeliest by their correlation over the draws,
// re-solved at the 5 % and 95 % quantile of their ranges, the widest swing first.
[[nodiscard]] std::vector<Swing> widest_swings(const Evaluator& central, const Contest& contest,
                                               std::span<const double> ev_by_draw,
                                               const DrawOptions& options);

}  // namespace gerbang::evaluate
