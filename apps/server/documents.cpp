// What is only read: the page, outcomes, tables.
#include "apps/server/endpoints.h"

namespace gerbang::server {

Response get_page(const Service& service) {
  return {
      .content_type = "text/html; charset=utf-8", .body = {}, .kept = &service.options().page, .stream = {}};
}

Response get_outcome(const Service& service, const std::string& name) {
  const auto known = service.outcome_documents().find(name);
  if (known == service.outcome_documents().end())
    return refusal(404, "no outcome of that name; names are scenario-year");
  return {.body = {}, .kept = &known->second, .stream = {}};
}

Response get_table(const Service& service, const std::string& name) {
  const auto known = service.csv_tables().find(name);
  if (known == service.csv_tables().end())
    return refusal(404, "no table of that name; /api/tables lists them");
  return {.content_type = "text/csv; charset=utf-8", .body = {}, .kept = &known->second, .stream = {}};
}

}  // namespace gerbang::server
