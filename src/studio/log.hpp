// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace atelier::studio {

/// How much is told: everything, or nothing.
enum class LogFormat { json, text, off };

/// For the whole process; off at first, so that libraries and tests are silent.
void set_log(LogFormat wanted);

/// One line on stderr: {"time", "level", "event", ...} or the same as text. No secrets belong here.
/// `details` may say another "level" than info.
void log_event(std::string_view event, nlohmann::ordered_json details = {});

}  // namespace atelier::studio
