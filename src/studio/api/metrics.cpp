// SPDX-License-Identifier: Apache-2.0
#include "studio/api/metrics.hpp"

#include <fmt/format.h>

#include "atelier/base/resources.hpp"
#include "atelier/jobs/version.hpp"
#include "studio/api/studio.hpp"

namespace atelier::studio {
namespace {

void describe(std::string& text, const char* name, const char* type, const char* help) {
  text += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

void single(std::string& text, const char* name, const char* type, const char* help,
            std::int64_t value) {
  describe(text, name, type, help);
  text += fmt::format("{} {}\n", name, value);
}

}  // namespace

void Metrics::answered(int status, double seconds) {
  ++by_class_.at(static_cast<std::size_t>(status >= 100 && status < 600 ? status / 100 : 5));
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    if (seconds <= bounds[i]) ++within_[i];
  }
  ++count_;
  microseconds_ += static_cast<std::int64_t>(seconds * 1e6);
}

std::string Metrics::text(Studio& studio) const {
  std::string text;
  describe(text, "atelier_build_info", "gauge", "The version that runs.");
  text += fmt::format("atelier_build_info{{version=\"{}\"}} 1\n", jobs::version());
  describe(text, "atelier_http_responses_total", "counter", "Answers by class of status.");
  for (std::size_t i = 2; i < by_class_.size(); ++i) {
    text +=
        fmt::format("atelier_http_responses_total{{class=\"{}xx\"}} {}\n", i, by_class_[i].load());
  }
  describe(text, "atelier_http_response_seconds", "histogram", "Time from headers to answer.");
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    text += fmt::format("atelier_http_response_seconds_bucket{{le=\"{}\"}} {}\n", bounds[i],
                        within_[i].load());
  }
  text += fmt::format(
      "atelier_http_response_seconds_bucket{{le=\"+Inf\"}} {}\natelier_http_response_seconds_sum "
      "{}\natelier_http_response_seconds_count {}\n",
      count_.load(), static_cast<double>(microseconds_) / 1e6, count_.load());
  const http::ServerCounts counts = studio.counts ? studio.counts() : http::ServerCounts{};
  single(text, "atelier_connections", "gauge", "Open connections.", counts.open_connections);
  single(text, "atelier_connections_total", "counter", "Connections taken.", counts.connections);
  single(text, "atelier_connections_refused_total", "counter", "Connections beyond the limit.",
         counts.refused_connections);
  single(text, "atelier_event_streams", "gauge", "Open event streams.", counts.event_streams);
  single(text, "atelier_upload_bytes_total", "counter", "Bytes of uploads.", upload_bytes_);
  describe(text, "atelier_jobs", "gauge", "Jobs by state.");
  const std::vector<std::int64_t> jobs = studio.queue.counts();
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    text += fmt::format("atelier_jobs{{state=\"{}\"}} {}\n", state_name(static_cast<JobState>(i)),
                        jobs[i]);
  }
  const FileRecords::Usage usage = studio.files.usage();
  single(text, "atelier_files", "gauge", "Files kept.", usage.count);
  single(text, "atelier_file_bytes", "gauge", "Bytes of files kept.", usage.bytes);
  single(text, "atelier_peak_resident_bytes", "gauge", "Most memory of this process so far.",
         peak_rss_bytes());
  return text;
}

}  // namespace atelier::studio
