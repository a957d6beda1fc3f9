// SPDX-License-Identifier: Apache-2.0
#include "studio/worker/report.hpp"

#include <filesystem>

#include "atelier/base/subprocess.hpp"

namespace atelier::studio {
namespace {

/// What may stand around a path in a sentence.
constexpr std::string_view around = " \t\n'\"()[]{},;:=";

}  // namespace

std::string without_places(std::string_view text) {
  std::string cut;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(around), text.size());
    std::string_view word = text.substr(0, end);
    // At least two parts: a / alone, or before a word, is no place.
    if (word.starts_with('/') && !word.starts_with("//") && word.find('/', 1) != word.npos)
      word = word.substr(word.rfind('/') + 1);
    cut += word;
    if (end < text.size()) cut += text[end];
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return cut;
}

namespace {

void rename_paths(nlohmann::json& json, const std::map<std::string, std::string>& digests) {
  if (json.is_structured()) {
    for (auto& one : json) rename_paths(one, digests);
  } else if (json.is_string()) {
    const std::string text = json.get<std::string>();
    const auto found = digests.find(text);
    if (found != digests.end()) {
      json = found->second;
    } else if (text.starts_with('/')) {
      json = std::filesystem::path(text).filename().string();
    } else if (text.find(" /") != text.npos) {  // a command line
      json = without_places(text);
    }
  }
}

}  // namespace

nlohmann::json public_report(const std::string& text,
                             const std::map<std::string, std::string>& digests) {
  // Runs that tell a log as JSON lines end with the object that counts.
  const std::size_t last = text.rfind("\n{");
  nlohmann::json report = nlohmann::json::parse(text, nullptr, false);
  if (report.is_discarded() && last != text.npos)
    report = nlohmann::json::parse(text.substr(last), nullptr, false);
  if (report.is_discarded()) return nullptr;
  rename_paths(report, digests);
  return report;
}

nlohmann::json failure_problem(int status, const std::string& log) {
  constexpr std::string_view ours = "atelier: ";
  std::string detail = last_line(log);
  if (detail.starts_with(ours)) detail.erase(0, ours.size());
  if (detail.empty()) detail = "the command ended without saying why; see the job's log.";
  if (status == 2) {
    return {{"type", "/api/v1/problems/unprocessable"},
            {"title", "The command refused its input"},
            {"status", 422},
            {"detail", detail}};
  }
  if (status == 3) {
    return {{"type", "/api/v1/problems/unavailable"},
            {"title", "Weights or a capability are missing"},
            {"status", 503},
            {"detail", detail}};
  }
  return {{"type", "/api/v1/problems/internal"},
          {"title", "The command failed"},
          {"status", 500},
          {"detail", detail}};
}

}  // namespace atelier::studio
