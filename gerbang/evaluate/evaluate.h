// evaluate(request) → outcome: the one function that every question of gerbang asks. Outcomes are memoised
// under the content hash of their request. A request is warm-started from its parent only: the predecessor
// scenario of the same year; the first scenario from the base year; ad-hoc edits from the same request
// without them; another closure from the default closure. So an outcome depends on its request alone,
// whatever was solved or cached before. A scenario in which nothing differs yet has its predecessor's
// outcome, to the last bit.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gerbang/base/progress.h"
#include "gerbang/evaluate/base_year.h"
#include "gerbang/evaluate/cache.h"
#include "gerbang/evaluate/outcome.h"
#include "gerbang/trade/local_newton.h"

namespace gerbang::evaluate {

// Whether outcomes carry what only reports show: flows by sector and hours from door to door.
enum class Detail : std::uint8_t { kFull, kGainsOnly };

class Evaluator;

// Where the search for an equilibrium starts.
struct Start {
  JointState state;
  trade::Equilibrium equilibrium;  // wages, people, prices and expenditure matter
  Learned learned;
};

struct EvaluatorOptions {
  std::string study_hash;   // of the study's files
  std::string fingerprint;  // of the engine: outcomes of another binary are not this one's
  Cache* cache = nullptr;   // of outcomes and the base year; not owned; none: this process remembers only
  Observer observer;
  Residuals tolerances = kTolerances;
  Detail detail = Detail::kFull;
  // The same study at central parameters, which knows every request and its parents: a request starts from
  // that one's outcome, moved as its own parent differs from that one's parent. Not owned; none: from
  // parent_of() alone.
  const Evaluator* central = nullptr;
};

class Evaluator {
 public:
  // Calibrates the base year; throws InputError where the study cannot hold.
  Evaluator(const World& world, EvaluatorOptions options);

  // The outcomes, in the order of the requests; parents are evaluated as needed. Requests that do not depend
  // on each other run in parallel.
  std::vector<std::shared_ptr<const Outcome>> evaluate(std::span<const Request> requests);
  std::shared_ptr<const Outcome> evaluate(const Request& request);

  [[nodiscard]] const BaseYear& base_year() const { return base_; }
  // The study as it was given.
  [[nodiscard]] const World& study() const { return study_; }
  // The study with the assumed capacities filled in.
  [[nodiscard]] const World& world() const { return base_.world; }
  [[nodiscard]] const std::string& study_hash() const { return options_.study_hash; }

  // An outcome that was evaluated before; nullptr when it was not.
  [[nodiscard]] std::shared_ptr<const Outcome> known(const Request& request) const;

  // Frees the memory of an outcome that will not be asked for again; where it is, it is solved or read anew.
  // Not while evaluate() runs.
  void forget(const Request& request);

  // What the request is warm-started from; none: the base year.
  [[nodiscard]] std::optional<Request> parent_of(const Request& request) const;

 private:
  std::shared_ptr<const Outcome> remembered(const std::string& hash) const;
  std::shared_ptr<const Outcome> solve(const Request& request, const Outcome* parent,
                                       const std::string& hash);
  void find_equilibrium(const Request& request, const Outcome* parent, Outcome& outcome) const;
  // Whether a request asks for the very world of its parent, whose outcome it then has.
  [[nodiscard]] bool asks_the_same(const Request& request) const;
  [[nodiscard]] Start start_of(const Request& request, const Outcome* parent) const;
  [[nodiscard]] std::string hash_of(const Request& request) const;

  EvaluatorOptions options_;
  World study_;
  BaseYear base_;
  trade::LocalNewton newton_;  // of its economy
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const Outcome>> memory_;
};

}  // namespace gerbang::evaluate
