// The page as one file: the built page (web/) with the study and its outcomes inside, compressed. It opens
// from disk and asks the network for nothing.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "gerbang/report/page_data.h"

namespace gerbang::report {

// Where the built page lies: beside the program, or in share/gerbang of the place it is installed to. None
// when gerbang was built without its page.
[[nodiscard]] std::optional<std::filesystem::path> find_page(const std::filesystem::path& program);

// The page with every document of the run. Throws InputError when `page` is no built page.
[[nodiscard]] std::string page_with_results(std::string page, const RunResult& run,
                                            const ResultSources& sources);

// As <script> elements of the page hold them: gzip in base64. The same bytes for the same text.
[[nodiscard]] std::string gzip_bytes(std::string_view bytes);
[[nodiscard]] std::string base64(std::string_view bytes);

}  // namespace gerbang::report
