// SPDX-License-Identifier: Apache-2.0
#include "studio/log.hpp"

#include <unistd.h>

#include <atomic>
#include <string>

#include "studio/queue/records.hpp"

namespace atelier::studio {
namespace {

std::atomic<LogFormat> format{LogFormat::off};

std::string dump(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

void set_log(LogFormat wanted) {
  format = wanted;
}

void log_event(std::string_view event, nlohmann::ordered_json details) {
  if (format == LogFormat::off) return;
  std::string line;
  if (format == LogFormat::json) {
    nlohmann::ordered_json json{
        {"time", time_text(now_seconds())}, {"level", "info"}, {"event", event}};
    for (const auto& [name, value] : details.items()) json[name] = value;
    line = dump(json);
  } else {
    line = time_text(now_seconds()) + " " + std::string(event);
    // JSON's own quotes keep control characters of names out of the terminal.
    for (const auto& [name, value] : details.items()) line += " " + name + "=" + dump(value);
  }
  line += '\n';
  // One write, so that lines of several threads and processes do not mix.
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace atelier::studio
