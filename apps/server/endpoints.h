// The endpoints of api/openapi.yaml, one file each; route() finds the one that is asked for.
#pragma once

#include "apps/server/http.h"
#include "apps/server/service.h"

namespace gerbang::server {

[[nodiscard]] Response get_page(const Service& service);
[[nodiscard]] Response get_outcome(const Service& service, const std::string& name);
[[nodiscard]] Response get_table(const Service& service, const std::string& name);
[[nodiscard]] Response start_evaluation(Service& service, const Request& request);
[[nodiscard]] Response start_rank(Service& service, const Request& request);
[[nodiscard]] Response get_evaluation(Service& service, const std::string& id);
[[nodiscard]] Response cancel_evaluation(Service& service, const std::string& id);
[[nodiscard]] Response watch_evaluation(Service& service, const std::string& id);
[[nodiscard]] Response save_scenario(Service& service, const Request& request);

// Answers everything, with a 4xx and a reason what cannot be answered. Safe to call from several threads.
[[nodiscard]] Response route(Service& service, const Request& request);

}  // namespace gerbang::server
