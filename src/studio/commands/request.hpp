// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "atelier/base/error.hpp"
#include "studio/commands/command.hpp"
#include "studio/commands/needs.hpp"
#include "studio/files/file_type.hpp"

namespace atelier::studio {

/// What of a request is wrong, with the name of the member that is meant.
class RequestError : public Error {
 public:
  RequestError(std::string name, const std::string& message)
      : Error(ErrorKind::invalid_argument, message), name_(std::move(name)) {}
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

 private:
  std::string name_;
};

inline constexpr int most_priority = 10;
inline constexpr std::size_t most_label = 200;  ///< characters

/// One job that somebody asks for, checked: the same for the command line's words, the page and the
/// API.
struct JobRequest {
  std::string command;
  std::map<std::string, std::vector<std::string>> inputs;  ///< digests, or words
  nlohmann::json options = nlohmann::json::object();       ///< those that were given
  std::map<std::string, std::string> outputs;              ///< format of each that is made
  std::string label;
  int priority = 0;  ///< -10..10
  Needs needs;

  /// The files among its inputs, each once.
  [[nodiscard]] std::vector<std::string> digests() const;
};

[[nodiscard]] bool is_digest(std::string_view text);

/// Checks a request against the command's inputs, outputs and option tables. Throws RequestError
/// for what is unknown, missing, of a wrong type or out of range; the message says what is allowed.
[[nodiscard]] JobRequest parse_request(const std::vector<Command>& commands,
                                       const nlohmann::json& given);

/// Type of the file with this digest; nothing when there is none.
using TypeOf = std::function<std::optional<FileType>(const std::string& digest)>;

/// Throws RequestError when a file is not there or of a kind that its input does not accept.
void check_files(const Command& command, const JobRequest& request, const TypeOf& type_of);

/// {"command", "inputs", "options", "outputs"}: what parse_request() reads back, without label,
/// priority and needs.
[[nodiscard]] nlohmann::json to_json(const JobRequest& request);

/// SHA-256 of to_json() and the program's version: equal requests have equal digests.
[[nodiscard]] std::string request_digest(const JobRequest& request);

}  // namespace atelier::studio
