// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace atelier::studio {

/// What a command said, with paths of the machine cut to their last part.
[[nodiscard]] std::string without_places(std::string_view text);

/// What a command said with --json, fit for others: names of the job's files become their digests,
/// and of every other absolute path only the last part stays. Null where `text` is no JSON.
[[nodiscard]] nlohmann::json public_report(const std::string& text,
                                           const std::map<std::string, std::string>& digests);

/// The problem document (RFC 9457) of a command that ended with `status` after saying `log`: its
/// own last message, and the HTTP status of that kind of error.
[[nodiscard]] nlohmann::json failure_problem(int status, const std::string& log);

}  // namespace atelier::studio
