// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>

#include "atelier/base/error.hpp"
#include "atelier/provenance/policy.hpp"
#include "provenance/text_lines.hpp"

namespace atelier::provenance {
namespace {

constexpr std::size_t max_policy_bytes = 1'000'000;
constexpr std::string_view blank = " \t";

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::size_t begin = line.find_first_not_of(blank); begin != line.npos;
       begin = line.find_first_not_of(blank)) {
    line.remove_prefix(begin);
    words.push_back(line.substr(0, line.find_first_of(blank)));
    line.remove_prefix(words.back().size());
  }
  return words;
}

bool is_allowed(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || byte == '\n' || (byte >= 0x20 && byte != 0x7f);
}

}  // namespace

/// Reads a policy line by line.
class PolicyReader {
 public:
  explicit PolicyReader(std::string_view what) : what_(what) {}

  TrustPolicy read(std::string_view text) {
    if (text.size() > max_policy_bytes || !std::all_of(text.begin(), text.end(), is_allowed))
      refuse("it holds control characters or has more than 1 MB");
    while (!text.empty()) {
      ++line_;
      const auto line = take_line(text);
      if (!line) refuse("its last line does not end");
      const std::vector<std::string_view> words = words_of(*line);
      if (!words.empty() && !words.front().starts_with('#')) take(words);
    }
    if (!has_quorum_) refuse("no line tells its quorum");
    return policy_;
  }

 private:
  [[noreturn]] void refuse(std::string_view why) const {
    fail(ErrorKind::bad_input, "{} is no trust policy, at line {}: {}.", what_, line_, why);
  }

  void take(const std::vector<std::string_view>& words) try {
    const std::string_view kind = words.front();
    const std::size_t count = words.size();
    if (kind == "log" && (count == 2 || count == 3)) {
      policy_.add_log(parse_verifier_key(words[1]));
    } else if (kind == "witness" && (count == 3 || count == 4)) {
      add({.name = new_name(words[1]),
           .witness = parse_verifier_key(words[2]),
           .members = {},
           .needed = 1});
    } else if (kind == "group" && count >= 4) {
      add(group(words));
    } else if (kind == "quorum" && count == 2 && !has_quorum_) {
      has_quorum_ = true;
      if (words[1] != "none") policy_.quorum_.push_back(known(words[1]));
    } else {
      refuse("it is none of log, witness, group and one quorum, with what belongs to it");
    }
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::invalid_argument) refuse(error.what());
    throw;
  }

  TrustPolicy::Party group(const std::vector<std::string_view>& words) {
    TrustPolicy::Party party{.name = new_name(words[1]), .witness = {}, .members = {}, .needed = 0};
    for (std::size_t i = 3; i < words.size(); ++i) {
      const std::size_t member = known(words[i]);
      if (used_[member]) refuse(fmt::format("{} is a member already", words[i]));
      used_[member] = true;
      party.members.push_back(member);
    }
    const auto number = decimal(words[2]);
    party.needed = words[2] == "any"   ? 1
                   : words[2] == "all" ? party.members.size()
                                       : static_cast<std::size_t>(number.value_or(0));
    if (party.needed < 1 || party.needed > party.members.size())
      refuse("a group needs all, any, or 1 up to all of its members");
    return party;
  }

  void add(TrustPolicy::Party party) {
    policy_.add_party(std::move(party));
    used_.push_back(false);
  }

  std::string new_name(std::string_view name) const {
    if (name == "none" || policy_.find(name)) refuse(fmt::format("the name {} is taken", name));
    return std::string(name);
  }

  std::size_t known(std::string_view name) const {
    const TrustPolicy::Party* party = policy_.find(name);
    if (!party) refuse(fmt::format("{} is no witness or group of a line before", name));
    return static_cast<std::size_t>(party - policy_.parties_.data());
  }

  std::string_view what_;
  std::size_t line_ = 0;
  TrustPolicy policy_;
  std::vector<bool> used_;  // parties that are members of a group
  bool has_quorum_ = false;
};

TrustPolicy TrustPolicy::parse(std::string_view text, std::string_view what) {
  return PolicyReader(what).read(text);
}

}  // namespace atelier::provenance
