// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace atelier::store {

/// Throws the Error for what a PostgreSQL server refused. `server`: its name, fit to be shown;
/// `state`: the five characters of SQLSTATE (PostgreSQL's manual, appendix A), empty where none
/// came; `message`: what it or libpq said, of which one line at most is passed on.
[[noreturn]] void refuse(const std::string& server, std::string_view state,
                         std::string_view message);

/// Throws the Error for a server that does not answer.
[[noreturn]] void refuse_silence(const std::string& server, std::string_view message);

}  // namespace atelier::store
