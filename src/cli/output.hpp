// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>
#include <utility>

namespace atelier::cli {

/// One line of results on stdout.
template <class... Args>
void print_line(fmt::format_string<Args...> format, Args&&... args) {
  // By hand, since fmt::print throws when a pipe is closed; run() looks at the stream once, at the
  // end.
  const std::string line = fmt::format(format, std::forward<Args>(args)...) + "\n";
  std::fwrite(line.data(), 1, line.size(), stdout);
}

/// One JSON object on stdout. Bytes that are no UTF-8, in file names, are replaced.
inline void print_json(const nlohmann::json& json) {
  print_line("{}", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace atelier::cli
