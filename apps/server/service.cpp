#include "apps/server/service.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "gerbang/io/csv_writer.h"
#include "gerbang/report/page_data.h"

namespace gerbang::server {
namespace {

using OrderedJson = nlohmann::ordered_json;

report::RunOptions everything(const World& world) {
  return {.scenarios = report::choose_scenarios(world, {}),
          .years = report::choose_years(world, {}),
          .pairs = report::pairs_of_interest(world)};
}

OrderedJson description(const io::DescribedTable& table) {
  OrderedJson columns = OrderedJson::array();
  for (const io::Column& column : table.description().columns)
    columns.push_back({{"name", column.name}, {"unit", column.unit}, {"description", column.description}});
  return {{"name", table.description().name},
          {"description", table.description().description},
          {"rows", table.row_count()},
          {"columns", std::move(columns)}};
}

}  // namespace

Service::Service(evaluate::Evaluator& evaluator, const report::ResultSources& sources, Jobs& jobs,
                 ServiceOptions options)
    : evaluator_(evaluator),
      sources_(sources),
      jobs_(jobs),
      options_(std::move(options)),
      run_(report::run(evaluator, everything(evaluator.world()))) {
  write_documents();
  write_tables();
}

void Service::write_documents() {
  const OrderedJson study = report::study_document(run_, sources_);
  study_ = study.dump();
  scenarios_ = study["scenarios"].dump();
  outcomes_ = study["outcomes"].dump();
  for (std::size_t i = 0; i < run_.outcomes.size(); ++i) {
    const evaluate::Outcome& outcome = *run_.outcomes[i].outcome;
    if (outcome.closure != trade::DeficitClosure::kFixed) continue;
    const evaluate::Network network = evaluate::build_network(*outcome.world);
    documents_[report::document_name(outcome)] =
        report::outcome_document({.run = run_, .index = i, .network = network, .sources = sources_}).dump();
  }
}

void Service::write_tables() {
  OrderedJson list = OrderedJson::array();
  for (const io::DescribedTable& table : report::result_tables(run_, sources_)) {
    list.push_back(description(table));
    csv_[table.description().name + ".csv"] = io::csv_text(table);
  }
  tables_ = list.dump();
}

}  // namespace gerbang::server
