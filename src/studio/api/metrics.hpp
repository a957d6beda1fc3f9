// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

namespace atelier::studio {

struct Studio;

/// Counters since the server began. From any thread.
class Metrics {
 public:
  /// Upper bounds of the classes that answers' times are counted in, s.
  static constexpr std::array bounds{0.005, 0.02, 0.1, 0.5, 2.0, 10.0};

  void answered(int status, double seconds);
  void received(std::int64_t bytes) { upload_bytes_ += bytes; }

  /// Prometheus' text format (version 0.0.4).
  [[nodiscard]] std::string text(Studio& studio) const;

 private:
  std::array<std::atomic<std::int64_t>, 6> by_class_{};  ///< 1xx..5xx at 1..5
  std::array<std::atomic<std::int64_t>, bounds.size()> within_{};
  std::atomic<std::int64_t> count_{0}, microseconds_{0}, upload_bytes_{0};
};

}  // namespace atelier::studio
