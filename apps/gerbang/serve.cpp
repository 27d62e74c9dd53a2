// gerbang serve STUDY: the page with its API, on this machine unless asked otherwise.
#include <fmt/format.h>

#include <cstdio>
#include <fstream>

#include "apps/gerbang/outcome_cache.h"
#include "apps/gerbang/study_run.h"
#include "apps/gerbang/verbs.h"
#include "apps/server/endpoints.h"
#include "apps/server/listener.h"
#include "gerbang/base/error.h"

namespace gerbang::app {
namespace {

struct ServeOptions {
  std::string study;
  std::string cache;  // "": the user's cache folder; "none"
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  std::string token;
  std::string saves = "scenarios";
};

// 128 bits of the system's own randomness, in hexadecimal.
std::string new_token() {
  std::ifstream random("/dev/urandom", std::ios::binary);
  std::string token;
  constexpr int kBytes = 16;
  for (int i = 0; i < kBytes; ++i) token += fmt::format("{:02x}", random.get());
  if (!random) throw std::runtime_error("/dev/urandom gives nothing");
  return token;
}

constexpr std::size_t kShortestToken = 16;

std::string token_for(const ServeOptions& options) {
  if (!options.token.empty() && options.token.size() < kShortestToken)
    throw InputError(Fault{"--token",
                           0,
                           0,
                           {"token terlalu pendek", "the token is short"},
                           {"sedikitnya 16 karakter, atau kosong: akan dibuatkan",
                            "at least 16 characters, or none: one is made"}});
  if (!options.token.empty()) return options.token;
  return server::is_loopback(options.address) ? "" : new_token();
}

ExitCode serve(const ServeOptions& options, const Common& common) {
  std::string page = built_page();
  server::Jobs* watched = nullptr;
  const Observer progress = common.progress();
  OpenStudy study = open_study(options.study, options.cache, [&](const Progress& step) {
    if (watched != nullptr)
      watched->on_progress(step);
    else if (progress)
      progress(step);
  });
  server::Jobs jobs;
  server::Service service(*study.evaluator, study.sources, jobs,
                          {.study = options.study, .saves = options.saves, .page = std::move(page)});
  watched = &jobs;
  const std::string token = token_for(options);
  server::Listener listener({.address = options.address, .port = options.port, .token = token},
                            [&](const server::Request& request) { return server::route(service, request); });
  const std::string host =
      options.address.find(':') == std::string::npos ? options.address : "[" + options.address + "]";
  common.print(fmt::format(
      fmt::runtime(Text{"{} (Ctrl+C untuk berhenti)\n", "{} (Ctrl+C stops it)\n"}.in(common.language)),
      fmt::format("http://{}:{}/{}", host, listener.port(), token.empty() ? "" : "#token=" + token)));
  std::fflush(stdout);
  listener.run();
  jobs.close();
  return ExitCode::kOk;
}

}  // namespace

void add_serve(const Verb& gerbang) {
  const Verb verb = gerbang.add("serve", {"tampilkan halaman sebuah studi dan hitung perubahan di dalamnya",
                                          "show the page of a study and solve edits in it"});
  ServeOptions& options = verb.runs(serve);
  verb.option("study", options.study, {"folder studi", "folder of the study"}, "STUDY").required();
  verb.option("--port", options.port,
              {"nomor port (bawaan: 8080; 0: yang bebas)", "port (default: 8080; 0: any that is free)"}, "N");
  verb.option(
      "--address", options.address,
      {"alamat (bawaan: 127.0.0.1, hanya mesin ini)", "address (default: 127.0.0.1, this machine only)"},
      "ADDRESS");
  verb.option("--token", options.token,
              {"token yang diminta (bawaan: dibuat bila alamat bukan mesin ini)",
               "token that is demanded (default: made when the address is not this machine)"},
              "TEXT");
  verb.option("--saves", options.saves,
              {"folder salinan studi dengan skenario baru (bawaan: scenarios)",
               "folder of the study's copies with new scenarios (default: scenarios)"},
              "FOLDER");
  add_cache(verb, options.cache);
}

}  // namespace gerbang::app
