// SPDX-License-Identifier: Apache-2.0
#include "jobs/content_digest.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <regex>
#include <span>

#include "atelier/base/digest.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

/// The pictures that a pattern means, by their numbers.
std::map<long long, fs::path> sequence(const fs::path& pattern) {
  std::map<long long, fs::path> found;
  const std::string name = pattern.filename().string();
  std::smatch parts;
  if (!std::regex_match(name, parts, std::regex("(.*)%0?[0-9]*d(.*)"))) return found;
  const std::string before = parts[1], after = parts[2];
  const fs::path folder = pattern.has_parent_path() ? pattern.parent_path() : fs::path(".");
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string file = entry.path().filename().string();
    if (file.size() <= before.size() + after.size() || !file.starts_with(before) ||
        !file.ends_with(after)) {
      continue;
    }
    const std::string number =
        file.substr(before.size(), file.size() - before.size() - after.size());
    if (number.size() > 18 ||
        !std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; })) {
      continue;
    }
    found.emplace(std::stoll(number), entry.path());
  }
  return found;
}

}  // namespace

std::string content_digest(const fs::path& content) {
  const auto pictures = fs::exists(content) ? std::map<long long, fs::path>{} : sequence(content);
  if (pictures.empty()) return sha256_file(content);
  std::string digests;
  long long next = pictures.begin()->first;
  for (const auto& [number, file] : pictures) {
    if (number != next++) break;  // a sequence ends at its first gap
    digests += sha256_file(file) + '\n';
  }
  return sha256(std::as_bytes(std::span(digests)));
}

}  // namespace atelier::jobs
