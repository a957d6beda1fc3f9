// SPDX-License-Identifier: Apache-2.0
#include "jobs/ledger/event_reader.hpp"

#include <algorithm>
#include <iostream>

#include "atelier/base/error.hpp"
#include "atelier/provenance/event.hpp"

namespace atelier::jobs {
namespace {

constexpr std::size_t max_line_bytes = 4 * provenance::max_event_bytes;  // spaces cost nothing
constexpr std::size_t max_whole_bytes = std::size_t{64} << 20;

}  // namespace

EventReader::EventReader(const std::string& source)
    : in_(source == "-" ? std::cin : file_), name_(source == "-" ? "standard input" : source) {
  if (source == "-") return;
  file_.open(source, std::ios::binary);
  if (!file_ || file_.peek() == EOF) {
    fail(ErrorKind::bad_input, "{} is empty or cannot be read; name a file with events.", name_);
  }
}

std::optional<std::string> EventReader::line() {
  std::string text;
  std::streambuf& buffer = *in_.rdbuf();
  for (int c = buffer.sbumpc(); c != EOF; c = buffer.sbumpc()) {
    if (c == '\n') {
      ++number_;
      return text;
    }
    if (text.size() == max_line_bytes) {
      fail(ErrorKind::bad_input, "line {} of {} has more than {} bytes; events are shorter.",
           number_ + 1, name_, max_line_bytes);
    }
    text += static_cast<char>(c);
  }
  if (text.empty()) return std::nullopt;
  ++number_;
  return text;
}

std::string EventReader::rest_after(std::string text) {
  while (const auto next = line()) {
    text += *next + "\n";
    if (text.size() > max_whole_bytes) {
      fail(ErrorKind::bad_input,
           "{} has more than {} MB in one JSON text; write one event a line instead.", name_,
           max_whole_bytes >> 20);
    }
  }
  return text;
}

std::vector<nlohmann::json> EventReader::next(std::size_t most) {
  std::vector<nlohmann::json> events;
  while (events.size() < most) {
    if (!whole_.empty()) {
      events.push_back(std::move(whole_.back()));
      whole_.pop_back();
      continue;
    }
    std::optional<std::string> text = line();
    if (!text) break;
    if (text->find_first_not_of(" \t\r") == std::string::npos) continue;
    const std::uint64_t at = number_;
    std::optional<nlohmann::json> json = provenance::parse_event_json(*text);
    // What does not end on its first line is one text.
    if (!json && !begun_) json = provenance::parse_event_json(rest_after(*text + "\n"));
    begun_ = true;
    if (!json) {
      fail(ErrorKind::bad_input,
           "{} cannot be read at line {}: events are JSON objects in UTF-8, without a name twice "
           "and "
           "at most {} levels deep.",
           name_, at, provenance::max_event_depth);
    }
    if (json->is_array()) {
      whole_.assign(std::make_move_iterator(json->rbegin()), std::make_move_iterator(json->rend()));
    } else {
      events.push_back(std::move(*json));
    }
  }
  return events;
}

}  // namespace atelier::jobs
