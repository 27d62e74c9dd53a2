#include "gerbang/report/styles.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "gerbang/base/text.h"

namespace gerbang::report {
namespace {

// A class of a graduated map: its bounds, colour ("r,g,b") and what the legend says.
struct ColourClass {
  double lower = 0.0;
  double upper = 0.0;
  std::string colour;
  std::string label;
};

// What a symbol is made of.
struct Symbol {
  const char* type = "fill";    // fill, line, marker
  std::string size_expression;  // of lines their width, of markers their size, mm; "": fixed
};

// Loses in browns, gains in blue-greens, no material change in grey (ColorBrewer BrBG, Brewer & Harrower
// 2003): told apart by colour-blind readers too.
constexpr const char* kLosing[] = {"223,194,125", "191,129,45", "140,81,10"};
constexpr const char* kUnchanged = "240,240,240";
constexpr const char* kGaining[] = {"128,205,193", "53,151,143", "1,102,94"};

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

// Symmetric around zero: no material change, then ten and a hundred times the band.
std::vector<ColourClass> gain_classes(double band) {
  constexpr double kFar = 1e6;
  const double bounds[] = {band, 10.0 * band, 100.0 * band, kFar};
  std::vector<ColourClass> classes;
  const auto label = [](double a, double b) {
    if (b >= kFar) return fmt::format("> {:g} %", a);
    if (a <= -kFar) return fmt::format("< {:g} %", b);
    return fmt::format("{:g} … {:g} %", a, b);
  };
  for (int step = 2; step >= 0; --step)
    classes.push_back(
        {-bounds[step + 1], -bounds[step], kLosing[step], label(-bounds[step + 1], -bounds[step])});
  classes.push_back({-band, band, kUnchanged, fmt::format("± {:g} %", band)});
  for (int step = 0; step < 3; ++step)
    classes.push_back(
        {bounds[step], bounds[step + 1], kGaining[step], label(bounds[step], bounds[step + 1])});
  return classes;
}

std::vector<ColourClass> use_classes() {
  constexpr double kFar = 1e6;
  return {{0.0, 0.5, "166,206,170", "< 0.5"},
          {0.5, 0.8, "254,217,118", "0.5 … 0.8"},
          {0.8, 1.0, "253,141,60", "0.8 … 1"},
          {1.0, kFar, "189,0,38", "> 1"}};
}

std::string property(std::string_view key, std::string_view value) {
  return fmt::format(R"(<prop k="{}" v="{}"/>)", key, value);
}

std::string option(std::string_view name, std::string_view type, std::string_view value) {
  return fmt::format(R"(<Option name="{}" type="{}" value="{}"/>)", name, type, escaped(value));
}
std::string options(std::string_view name, std::string_view inner) {
  const std::string named = name.empty() ? "" : fmt::format(R"( name="{}")", name);
  return fmt::format(R"(<Option type="Map"{}>{}</Option>)", named, inner);
}

// Lets an expression set a property of the symbol, feature by feature.
std::string defined_by(std::string_view key, std::string_view expression) {
  const std::string rule = option("active", "bool", "true") + option("expression", "QString", expression) +
                           option("type", "int", "3");
  const std::string all = option("name", "QString", "") + options("properties", options(key, rule)) +
                          option("type", "QString", "collection");
  return "<data_defined_properties>" + options("", all) + "</data_defined_properties>";
}

// The symbol's class in QGIS, its fixed properties, and the one that an expression may set.
struct SymbolClass {
  const char* name;
  std::string properties;
  const char* size;
};
SymbolClass symbol_class(std::string_view type, const std::string& colour) {
  const std::string opaque = colour + ",255";
  if (type == "fill")
    return {"SimpleFill",
            property("color", opaque) + property("outline_color", "120,120,120,255") +
                property("outline_width", "0.1") + property("style", "solid"),
            ""};
  if (type == "line")
    return {"SimpleLine",
            property("line_color", opaque) + property("line_width", "0.4") + property("capstyle", "round"),
            "outlineWidth"};
  return {"SimpleMarker",
          property("color", opaque) + property("name", "circle") + property("outline_color", "60,60,60,255") +
              property("outline_width", "0.2") + property("size", "3"),
          "size"};
}

std::string symbol_layer(const Symbol& symbol, const std::string& colour) {
  const SymbolClass drawn = symbol_class(symbol.type, colour);
  return fmt::format(R"(<layer class="{}" enabled="1" locked="0" pass="0">{}{}</layer>)", drawn.name,
                     drawn.properties,
                     symbol.size_expression.empty() ? "" : defined_by(drawn.size, symbol.size_expression));
}

// A map of an expression in colour classes; features for which it is null are not drawn.
std::string graduated_map(const std::string& expression, const std::vector<ColourClass>& classes,
                          const Symbol& symbol) {
  std::string ranges, symbols;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    ranges += fmt::format(R"(<range lower="{:g}" upper="{:g}" symbol="{}" label="{}" render="true"/>)",
                          classes[i].lower, classes[i].upper, i, escaped(classes[i].label));
    symbols += fmt::format(R"(<symbol name="{}" type="{}" alpha="1" clip_to_extent="1">{}</symbol>)", i,
                           symbol.type, symbol_layer(symbol, classes[i].colour));
  }
  return fmt::format(
      R"(<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>)"
      R"(<qgis version="3.22.0" styleCategories="Symbology">)"
      R"(<renderer-v2 type="graduatedSymbol" attr="{}" graduatedMethod="GraduatedColor" symbollevels="0">)"
      R"(<ranges>{}</ranges><symbols>{}</symbols></renderer-v2></qgis>)",
      escaped(expression), ranges, symbols);
}

// The value of a column in the rows of one outcome, null elsewhere.
std::string of_outcome(const evaluate::Outcome& outcome, std::string_view column) {
  return fmt::format(R"(CASE WHEN "scenario" = '{}' AND "year" = {} AND "closure" = '{}' THEN "{}" END)",
                     outcome.scenario, outcome.year, closure_id(outcome.closure), column);
}

// Outcomes under the fixed closure, the last one first.
std::vector<const ComparedOutcome*> mapped_outcomes(const RunResult& run) {
  std::vector<const ComparedOutcome*> outcomes;
  for (const ComparedOutcome& compared : run.outcomes)
    if (compared.outcome->closure == trade::DeficitClosure::kFixed) outcomes.push_back(&compared);
  std::reverse(outcomes.begin(), outcomes.end());
  return outcomes;
}

std::vector<io::MapStyle> use_styles(const RunResult& run, const Symbol& symbol, const Text& what) {
  std::vector<io::MapStyle> styles;
  for (const ComparedOutcome* compared : mapped_outcomes(run)) {
    const evaluate::Outcome& outcome = *compared->outcome;
    styles.push_back({fmt::format("{} {}", outcome.scenario, outcome.year), std::string(what.en),
                      graduated_map(of_outcome(outcome, "use"), use_classes(), symbol)});
  }
  return styles;
}

}  // namespace

std::vector<io::MapStyle> region_styles(const RunResult& run, RegionShape shape) {
  const std::vector<ColourClass> classes = gain_classes(run.world->parameters.material_change_percent);
  const Symbol symbol{shape == RegionShape::kPolygon ? "fill" : "marker", ""};
  std::vector<io::MapStyle> styles;
  const auto add = [&](const ComparedOutcome& compared, const std::optional<Comparison>& comparison,
                       std::string_view column) {
    if (!comparison) return;
    const evaluate::Outcome& outcome = *compared.outcome;
    styles.push_back(
        {fmt::format("{} {} / {}", outcome.scenario, outcome.year, comparison->reference->scenario),
         "Equivalent variation over income, %, against the scenario after the stroke",
         graduated_map(of_outcome(outcome, column), classes, symbol)});
  };
  for (const ComparedOutcome* compared : mapped_outcomes(run)) {
    add(*compared, compared->base, "base_ev_percent");
    const bool is_same = compared->predecessor && compared->base &&
                         compared->predecessor->reference == compared->base->reference;
    if (!is_same) add(*compared, compared->predecessor, "ev_percent");
  }
  return styles;
}

std::vector<io::MapStyle> link_styles(const RunResult& run) {
  return use_styles(run, {"line", R"(0.3 + 0.03 * sqrt("freight_kt"))"},
                    {"pemakaian dan muatan", "Colour: use over capacity; width: freight"});
}

std::vector<io::MapStyle> terminal_styles(const RunResult& run) {
  return use_styles(run, {"marker", R"(1.5 + 0.03 * sqrt("kt"))"},
                    {"pemakaian dan muatan", "Colour: use over capacity; size: tonnes"});
}

std::vector<io::MapStyle> service_styles(const RunResult& run) {
  return use_styles(run, {"line", R"(0.2 + 0.03 * sqrt("kt"))"},
                    {"pemakaian dan muatan", "Colour: use over capacity; width: tonnes"});
}

}  // namespace gerbang::report
