#include "gerbang/evaluate/settling.h"

#include <algorithm>
#include <cmath>

#include "gerbang/base/line.h"
#include "gerbang/base/line_math.h"

namespace gerbang::evaluate {
namespace {

constexpr std::size_t kMaxSteps = 150;
// A step that goes further beyond the least of its line than this part of where it began is shortened.
constexpr double kOvershoot = 0.5;
// Where after so many steps the function still falls at the end with more than this part of its first slope,
// the next plain step goes so much further.
constexpr std::size_t kCreeping = 20;
constexpr double kUndershoot = 0.5;
constexpr double kLonger = 2.0;
constexpr double kRounding = 2e-16;  // of a use over capacity, relative above one

// The unknowns: terminals, then legs.
std::vector<double> joined(const Utilisation& utilisation) {
  std::vector<double> all = utilisation.terminal;
  all.insert(all.end(), utilisation.leg.begin(), utilisation.leg.end());
  return all;
}
Utilisation split(const std::vector<double>& all, std::size_t terminals) {
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(terminals);
  return {{all.begin(), middle}, {middle, all.end()}};
}

// v = image · exp(−a (v^β − u^β)): where the use u comes to rest when loads answer to its own delay alone.
// power: u^β.
double at_rest(double use, double power, double image, double steepness, double beta) {
  constexpr double kNear = 0.01;
  if (!(image > 0.0 && steepness > 0.0 && beta > 0.0)) return image;
  if (std::abs(image - use) < kNear * use)
    return use + (image - use) / (1.0 + steepness * image * beta * power / use);
  // By w = ln v, convex and rising: Newton from above comes down to the root.
  const double level = std::log(image) + steepness * power;
  double w = std::log(std::max(use, image));
  for (double step = 1.0; step > kNear;) {
    const double push = steepness * std::exp(beta * w);
    step = (w + push - level) / (1.0 + beta * push);
    w -= step;
  }
  return std::exp(w);
}

// Hours that full use costs a tonne: α u^β at u = 1.
std::vector<double> hours_when_full(const TransportModel& model) {
  const Network& network = model.network();
  std::vector<double> hours;
  for (std::size_t t = 0; t < network.terminals; ++t)
    hours.push_back(model.terminal_hours(t, 1.0) - model.terminal_hours(t, 0.0));
  for (std::size_t leg = 0; leg < network.legs.size(); ++leg)
    hours.push_back(model.extra_wait_hours(leg, 1.0));
  return hours;
}

// What loads a use of one, kt a year: the capacity, or where it is not known, what the assumed use makes of
// it.
std::vector<double> capacities(const Network& network, const Loads& loads, const std::vector<double>& use) {
  std::vector<double> capacity = network.terminal_capacity;
  capacity.insert(capacity.end(), network.leg_capacity.begin(), network.leg_capacity.end());
  std::vector<double> load = loads.terminal;
  load.insert(load.end(), loads.leg.begin(), loads.leg.end());
  for (std::size_t i = 0; i < capacity.size(); ++i)
    if (std::isinf(capacity[i])) capacity[i] = use[i] > 0.0 ? load[i] / use[i] : 0.0;
  return capacity;
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  return gerbang::dot(a.data(), b.data(), a.size());
}

bool is_rounding(const std::vector<double>& x, const std::vector<double>& direction, double length) {
  for (std::size_t i = 0; i < x.size(); ++i)
    if (std::abs(length * direction[i]) > kRounding * std::max(1.0, x[i])) return false;
  return true;
}

}  // namespace

Settled settle(const TransportModel& model, const Fill& fill, std::vector<chains::Chains>& chains,
               const std::vector<Matrix>& shipped, const Utilisation& start, double tolerance,
               Anderson& search) {
  search.turn();
  for (std::size_t m = 0; m < chains.size(); ++m) chains[m].ship_only(shipped[m]);
  const double beta = model.world().parameters.delay_beta;
  const std::vector<double> hours = hours_when_full(model);
  const std::size_t size = hours.size();
  std::vector<double> from = joined(start), x = from, direction(size), force(size), rest(size);
  double length = 0.0;  // of the step from `from` to x
  double force_at_from = 0.0;
  double reach = 1.0;  // of the plain steps
  for (std::size_t step = 0;; ++step) {
    const Utilisation utilisation = split(x, model.network().terminals);
    model.set_delays(utilisation, chains);
    const Loads loads = model.sea_loads(chains, shipped);
    const std::vector<double> image = joined(fill(loads));
    const bool is_settled =
        largest_change(x, image) <= tolerance || (step > 0 && is_rounding(x, direction, length));
    if (is_settled || step >= kMaxSteps) return {utilisation, model.loads(chains, shipped), is_settled};
    const std::vector<double> power = powers(x, beta);
    const std::vector<double> capacity = capacities(model.network(), loads, image);
    for (std::size_t i = 0; i < size; ++i)
      force[i] = x[i] > 0.0 ? capacity[i] * hours[i] * beta * power[i] / x[i] * (image[i] - x[i]) : 0.0;
    const double force_at_x = dot(force, direction);
    if (force_at_x < -kOvershoot * force_at_from) {
      length *= std::clamp(force_at_from / (force_at_from - force_at_x), 0.1, 0.7);
      reach = 1.0;
    } else {
      const bool creeps = step > kCreeping && force_at_x > kUndershoot * force_at_from;
      reach = creeps ? kLonger * reach : 1.0;
      from = x;
      length = 1.0;
      const std::vector<double> steepness = joined(model.steepness(loads));
      for (std::size_t i = 0; i < size; ++i) rest[i] = at_rest(x[i], power[i], image[i], steepness[i], beta);
      const auto aim_at = [&](const std::vector<double>& to) {
        for (std::size_t i = 0; i < size; ++i) direction[i] = std::max(to[i], 0.0) - from[i];
        return dot(force, direction);
      };
      force_at_from = aim_at(search.next(from, rest));
      if (!(force_at_from >= 0.0)) {
        search.reset();
        for (std::size_t i = 0; i < size; ++i) rest[i] = from[i] + reach * (rest[i] - from[i]);
        force_at_from = aim_at(rest);
      }
    }
    for (std::size_t i = 0; i < size; ++i) x[i] = from[i] + length * direction[i];
  }
}

}  // namespace gerbang::evaluate
