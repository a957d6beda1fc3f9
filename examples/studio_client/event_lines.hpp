// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace studio_client {

/// Cuts a stream of server-sent events (HTML Living Standard, "Server-sent events") into events as
/// its bytes come.
class EventLines {
 public:
  /// An event's name, its data, and the id by which the stream is taken up after it.
  using Take =
      std::function<void(const std::string& event, const std::string& data, const std::string& id)>;
  explicit EventLines(Take take) : take_(std::move(take)) {}

  void add(std::string_view bytes) {
    rest_ += bytes;
    for (std::size_t end; (end = rest_.find('\n')) != rest_.npos; rest_.erase(0, end + 1)) {
      std::string line = rest_.substr(0, end);
      if (line.ends_with('\r')) line.pop_back();
      hear(line);
    }
  }

 private:
  void hear(const std::string& line) {
    if (line.empty()) {
      if (!data_.empty()) take_(event_, data_, id_);
      event_.clear();
      data_.clear();
      return;
    }
    const std::size_t colon = line.find(':');
    const std::string name = line.substr(0, colon);
    std::string value = colon == line.npos ? "" : line.substr(colon + 1);
    if (value.starts_with(' ')) value.erase(0, 1);
    if (name == "event") event_ = value;
    if (name == "id") id_ = value;
    if (name == "data") data_ += (data_.empty() ? "" : "\n") + value;
  }

  Take take_;
  std::string rest_, event_, data_, id_;
};

}  // namespace studio_client
