#include "gerbang/evaluate/archive.h"

#include <cstring>
#include <type_traits>

#include "gerbang/roads/bush.h"

namespace gerbang::evaluate {
namespace {

template <class T>
inline constexpr bool kIsPlain = std::is_trivially_copyable_v<T>;

// One description of an outcome's content serves both directions: Archive is Writer or Reader.
class Writer {
 public:
  template <class T>
  requires kIsPlain<T>
  void operator()(const T& value) { bytes_.append(reinterpret_cast<const char*>(&value), sizeof value); }
  void operator()(const std::string& text) {
    (*this)(text.size());
    bytes_ += text;
  }
  template <class T, class Allocator>
  void operator()(const std::vector<T, Allocator>& values) {
    (*this)(values.size());
    if constexpr (kIsPlain<T>)
      bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
    else
      for (const T& value : values) (*this)(value);
  }
  void operator()(const Matrix& matrix) {
    (*this)(matrix.rows());
    (*this)(matrix.columns());
    (*this)(matrix.values());
  }

  // Things that are more than a value, one by one.
  template <class T, class Visit>
  void each(const std::vector<T>& things, const Visit& visit) {
    (*this)(things.size());
    for (const T& thing : things) visit(thing);
  }

  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  template <class T>
  requires kIsPlain<T>
  void operator()(T& value) {
    if (rest_.size() < sizeof value) {
      is_good_ = false;
      return;
    }
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
  }
  void operator()(std::string& text) {
    const std::size_t size = read_size(1);
    text.assign(rest_.substr(0, size));
    rest_.remove_prefix(size);
  }
  template <class T, class Allocator>
  void operator()(std::vector<T, Allocator>& values) {
    if constexpr (kIsPlain<T>) {
      values.resize(read_size(sizeof(T)));
      if (!values.empty()) std::memcpy(values.data(), rest_.data(), values.size() * sizeof(T));
      rest_.remove_prefix(values.size() * sizeof(T));
    } else {
      values.resize(read_size(1));
      for (T& value : values) (*this)(value);
    }
  }
  void operator()(Matrix& matrix) {
    std::size_t rows = 0, columns = 0;
    (*this)(rows);
    (*this)(columns);
    Matrix::Values values;
    (*this)(values);
    if (values.size() != rows * columns) is_good_ = false;
    if (!is_good_) return;
    matrix = Matrix(rows, columns);
    matrix.values() = std::move(values);
  }

  template <class T, class Visit>
  void each(std::vector<T>& things, const Visit& visit) {
    things.resize(read_size(1));
    for (T& thing : things) visit(thing);
  }

  [[nodiscard]] bool is_whole() const { return is_good_ && rest_.empty(); }

 private:
  // A count of things that take at least `least` bytes each; 0 once the bytes do not make sense.
  std::size_t read_size(std::size_t least) {
    std::size_t size = 0;
    (*this)(size);
    if (size > rest_.size() / least) is_good_ = false;
    return is_good_ ? size : 0;
  }

  std::string_view rest_;
  bool is_good_ = true;
};

void visit_road(Writer& writer, const RoadTonnes& road) {
  writer(*road.pairs);
  writer(road.kt);
}
void visit_road(Reader& reader, RoadTonnes& road) {
  auto pairs = std::make_shared<RoadPairs>();
  reader(*pairs);
  reader(road.kt);
  road.pairs = std::move(pairs);
}

template <class Archive, class Equilibrium>
void visit_equilibrium(Archive& archive, Equilibrium& equilibrium) {
  archive(equilibrium.wage_hat);
  archive(equilibrium.population_hat);
  archive(equilibrium.value_added);
  archive(equilibrium.income);
  archive(equilibrium.tax);
  archive(equilibrium.deficit);
  archive(equilibrium.duty_revenue);
  archive(equilibrium.freight_revenue);
  archive(equilibrium.cost_hat);
  archive(equilibrium.price_hat);
  archive(equilibrium.expenditure);
  archive(equilibrium.output);
  archive(equilibrium.tonnes);
  archive(equilibrium.newly_connected);
  archive(equilibrium.cut);
  archive(equilibrium.residual);
  archive(equilibrium.sweeps);
  archive(equilibrium.is_converged);
}

template <class Archive, class AnyOutcome>
void visit(Archive& archive, AnyOutcome& outcome) {
  archive(outcome.hash);
  archive(outcome.parent_hash);
  archive(outcome.scenario);
  archive(outcome.year);
  archive(outcome.closure);
  archive(outcome.run);
  archive(outcome.residuals);
  archive(outcome.rounds);
  archive(outcome.is_converged);
  archive(outcome.state.utilisation.terminal);
  archive(outcome.state.utilisation.leg);
  visit_road(archive, outcome.state.road);
  archive(outcome.trends.population);
  archive(outcome.trends.productivity);
  archive(outcome.trends.government);
  archive(outcome.trends.investment);
  archive(outcome.trends.movers);
  archive(outcome.trends.payer_share);
  archive(outcome.trends.arrivals_from_nowhere);
  archive(outcome.growth);
  visit_equilibrium(archive, outcome.equilibrium);
  archive(outcome.cost);
  archive(outcome.money);
  archive(outcome.hours);
  archive(outcome.flow);
  archive(outcome.loads.terminal);
  archive(outcome.loads.leg);
  visit_road(archive, outcome.loads.road);
  archive(outcome.loads.terminal_by_class);
  archive(outcome.loads.leg_by_class);
  archive(outcome.loads.service);
  archive(outcome.arc_volume);
  archive(outcome.arc_time_h);
  archive(outcome.arc_class_volume);
  archive(outcome.unserved_kt);
  archive(outcome.unserved);
}

template <class Archive, class Bush>
void visit_bush(Archive& archive, Bush& bush) {
  archive(bush.root);
  archive(bush.origin);
  archive(bush.vehicle_class);
  archive(bush.order);
  archive(bush.in);
  archive(bush.first);
  archive(bush.entry_arc);
  archive(bush.entry_flow);
  archive(bush.destination);
  archive(bush.demand);
}

template <class Archive, class Base, class Bushes>
void visit_base_year(Archive& archive, Base& base, Bushes& set) {
  archive(base.state.utilisation.terminal);
  archive(base.state.utilisation.leg);
  visit_road(archive, base.state.road);
  archive(base.use_residual);
  archive(base.rounds);
  archive(base.is_converged);
  archive(base.roads.volume);
  archive(base.roads.time);
  archive(base.roads.class_volume);
  archive(base.roads.relative_gap);
  archive(base.roads.beckmann);
  archive(base.roads.total_travel_time);
  archive(base.roads.iterations);
  archive(base.roads.is_converged);
  archive(base.roads.not_connected);
  archive.each(set.bushes, [&](auto& bush) { visit_bush(archive, bush); });
  archive(set.tail);
  archive(set.head);
  archive(set.is_closed);
}

}  // namespace

std::string to_bytes(const Outcome& outcome) {
  Writer writer;
  visit(writer, outcome);
  return writer.take();
}

std::optional<Outcome> from_bytes(std::string_view bytes) {
  Reader reader(bytes);
  Outcome outcome;
  visit(reader, outcome);
  if (!reader.is_whole()) return std::nullopt;
  return outcome;
}

std::string to_bytes(const SettledBaseYear& base) {
  Writer writer;
  visit_base_year(writer, base, *base.roads.bushes);
  return writer.take();
}

std::optional<SettledBaseYear> base_year_from_bytes(std::string_view bytes) {
  Reader reader(bytes);
  SettledBaseYear base;
  const auto bushes = std::make_shared<roads::BushSet>();
  visit_base_year(reader, base, *bushes);
  if (!reader.is_whole()) return std::nullopt;
  base.roads.bushes = bushes;
  return base;
}

}  // namespace gerbang::evaluate
