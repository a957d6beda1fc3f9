// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/resources.hpp"

#include <sched.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <limits>
#include <sstream>
#include <string_view>

namespace atelier {
namespace {

/// A number that stands alone in a file of /sys, or the largest when there is none ("max").
std::int64_t number_in(const char* path) {
  std::ifstream file(path);
  std::int64_t value = 0;
  return file >> value ? value : std::numeric_limits<std::int64_t>::max();
}

std::int64_t mem_available() {
  std::ifstream file("/proc/meminfo");
  std::string key;
  std::int64_t kib = 0;
  while (file >> key >> kib) {
    if (key == "MemAvailable:") return kib * 1024;
    file.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  return std::numeric_limits<std::int64_t>::max();
}

}  // namespace

std::int64_t peak_rss_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::int64_t>(usage.ru_maxrss) * 1024;
}

std::int64_t available_memory_bytes() {
  std::int64_t available = mem_available();
  const std::int64_t limit = number_in("/sys/fs/cgroup/memory.max");
  if (limit != std::numeric_limits<std::int64_t>::max()) {
    available = std::min(available, limit - number_in("/sys/fs/cgroup/memory.current"));
  }
  return std::max<std::int64_t>(available, 0);
}

std::int64_t free_disk_bytes(const std::filesystem::path& path) {
  std::error_code error;
  for (auto place = std::filesystem::absolute(path);; place = place.parent_path()) {
    const auto space = std::filesystem::space(place, error);
    if (!error) return static_cast<std::int64_t>(space.available);
    if (place == place.parent_path()) return 0;
  }
}

int processor_count() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  return std::max(1, CPU_COUNT(&set));
}

Processor processor() {
  static constexpr std::array<std::string_view, 10> known{
      "avx2",     "fma",      "avx512f", "avx512_vnni", "avx512_bf16",
      "amx_tile", "amx_bf16", "asimd",   "bf16",        "sve"};
  Processor result;
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    const auto colon = line.find(": ");
    if (colon == std::string::npos) continue;
    const std::string value = line.substr(colon + 2);
    if (line.starts_with("model name") && result.name.empty()) result.name = value;
    if ((line.starts_with("flags") || line.starts_with("Features")) && result.features.empty()) {
      std::istringstream words(value);
      for (std::string word; words >> word;) {
        if (std::find(known.begin(), known.end(), word) != known.end())
          result.features.push_back(word);
      }
    }
  }
  return result;
}

}  // namespace atelier
