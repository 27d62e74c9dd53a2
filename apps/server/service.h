// What the server knows: the study's documents and tables, made once, and the evaluator that solves edits.
// One file per endpoint holds what is answered (endpoints.h).
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "apps/server/jobs.h"
#include "gerbang/evaluate/evaluate.h"
#include "gerbang/report/run.h"
#include "gerbang/report/tables.h"

namespace gerbang::server {

struct ServiceOptions {
  std::filesystem::path study;  // never written
  std::filesystem::path saves;  // where copies with new scenarios go
  std::string page;             // the built page
};

class Service {
 public:
  // Solves what the study asks for. Evaluator and sources must outlive the service; the evaluator's observer
  // must call on_progress() of jobs, which live as long.
  Service(evaluate::Evaluator& evaluator, const report::ResultSources& sources, Jobs& jobs,
          ServiceOptions options);

  [[nodiscard]] const ServiceOptions& options() const { return options_; }
  [[nodiscard]] evaluate::Evaluator& evaluator() const { return evaluator_; }
  [[nodiscard]] const report::ResultSources& sources() const { return sources_; }
  [[nodiscard]] const report::RunResult& run() const { return run_; }
  [[nodiscard]] Jobs& jobs() const { return jobs_; }

  [[nodiscard]] const std::string& study() const { return study_; }
  [[nodiscard]] const std::string& scenarios() const { return scenarios_; }
  [[nodiscard]] const std::string& outcomes() const { return outcomes_; }
  [[nodiscard]] const std::string& tables() const { return tables_; }
  // By "scenario-year", and by "name.csv".
  [[nodiscard]] const std::map<std::string, std::string>& outcome_documents() const { return documents_; }
  [[nodiscard]] const std::map<std::string, std::string>& csv_tables() const { return csv_; }

 private:
  void write_documents();
  void write_tables();

  evaluate::Evaluator& evaluator_;
  const report::ResultSources& sources_;
  Jobs& jobs_;
  ServiceOptions options_;
  report::RunResult run_;
  std::string study_, scenarios_, outcomes_, tables_;
  std::map<std::string, std::string> documents_, csv_;
};

}  // namespace gerbang::server
