// SPDX-License-Identifier: Apache-2.0
#include "studio/commands/command_line.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <optional>

#include "atelier/base/error.hpp"

namespace atelier::studio {
namespace {

using nlohmann::json;

constexpr const char* preview_file = "preview.jpg";
constexpr const char* checkpoint_file = "checkpoint.safetensors";
constexpr const char* passphrase_source = "/dev/stdin";

/// A value as parse_option() reads it from text.
std::string value_text(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) return value.dump();
  std::vector<std::string> parts;
  for (const json& one : value) parts.push_back(value_text(one));
  return fmt::format("{}", fmt::join(parts, ","));
}

class Builder {
 public:
  Builder(const Command& command, const JobRequest& request, const TypeOf& type_of)
      : command_(command), request_(request), type_of_(type_of) {
    line_.words = command.words;
    positional_ = command.places;
  }

  CommandLine build(const Machine& machine) {
    check_files(command_, request_, type_of_);
    line_.words.emplace_back("--json");
    add_machine(machine);
    for (const Option& option : command_.options) add_option(option);
    for (const Output& output : command_.outputs) add_output(output);
    add_preview();
    add_checkpoint();
    if (command_.passphrase) add_value("--passphrase-file", passphrase_source);
    for (const Input& input : command_.inputs) add_input(input);
    positional_.insert(positional_.end(), positional_outputs_.begin(), positional_outputs_.end());
    if (!positional_.empty()) {
      line_.words.emplace_back("--");
      line_.words.insert(line_.words.end(), positional_.begin(), positional_.end());
    }
    return std::move(line_);
  }

 private:
  void add_value(const std::string& flag, const std::string& value) {
    // `--name=` with nothing behind it would take the next word.
    if (value.empty()) {
      line_.words.push_back(flag);
      line_.words.emplace_back();
    } else if (flag.starts_with("--")) {
      line_.words.push_back(flag + "=" + value);
    } else {
      line_.words.push_back(flag);
      line_.words.push_back(value);
    }
  }

  void add_machine(const Machine& machine) {
    if (command_.device && machine.device != "auto") add_value("--device", machine.device);
    if (command_.threads && machine.threads > 0)
      add_value("--threads", std::to_string(machine.threads));
  }

  void add_option(const Option& option) {
    const auto given = request_.options.find(option.json_name());
    if (given == request_.options.end()) {
      // What the command line does by itself is not said, unless a job's default is another.
      if (option.always || (option.spec.name == "preview-every" && previews())) {
        add_value("--" + option.spec.name,
                  value_text(option_to_json(option.spec, option.default_value)));
      }
      return;
    }
    const bool is_default = *given == option_to_json(option.spec, option.default_value);
    const std::string value = value_text(*given);
    if (option.flag) {
      if (*given != true) return;
      line_.words.push_back("--" + option.spec.name);
      if (!option.place.empty()) line_.words.back() += "=" + option.place;
    } else if (option.positional && given->is_array()) {
      for (const json& one : *given) positional_.push_back(value_text(one));
    } else if (option.positional) {
      if (!value.empty()) positional_.push_back(value);
    } else if (option.repeated) {
      for (const json& one : *given) add_value("--" + option.spec.name, value_text(one));
    } else if (!(is_default && value.empty())) {
      add_value("--" + option.spec.name, value);
    }
  }

  [[nodiscard]] std::string suffix_of(const std::string& digest) const {
    const std::optional<FileType> type = type_of_(digest);
    if (!type) fail(ErrorKind::bad_input, "file {} is gone; upload it again.", digest);
    return type->suffix;
  }

  void add_output(const Output& output) {
    const auto wanted = request_.outputs.find(output.name);
    if (wanted == request_.outputs.end()) return;
    std::string path = fmt::format("{}/{}", output_folder, output.name);
    if (wanted->second == same_format) {
      path += "." + suffix_of(request_.inputs.at(command_.inputs.front().name).front());
    } else if (wanted->second != folder_format) {
      path += "." + wanted->second;
    }
    if (output.flag.empty()) {
      positional_outputs_.push_back(path);
    } else {
      add_value(output.flag, path);
    }
  }

  [[nodiscard]] bool previews() const {
    return command_.preview &&
           request_.options.value(command_.no_preview_option, "") != command_.no_preview_value;
  }

  void add_preview() {
    line_.previews_in = command_.previews_in;
    if (!previews()) return;
    line_.preview = preview_file;
    add_value("--preview", preview_file);
  }

  void add_checkpoint() {
    line_.checkpoint = command_.checkpoint_at;
    if (!command_.keeps_checkpoint || !command_.keeps_checkpoint(request_, type_of_)) return;
    line_.checkpoint = checkpoint_file;
    add_value("--checkpoint", checkpoint_file);
    // A worker of another kind of device, or of a later version, begins anew.
    add_value("--checkpoint-unfit", "replace");
  }

  std::string place(const Input& input, const std::string& digest, std::size_t number) {
    const std::string suffix = suffix_of(digest);
    std::string name = fmt::format("{}/{}-{}.{}", input_folder, input.name, number, suffix);
    if (input.kept) {
      name = fmt::format("{}/{}.{}", kept_works, digest, suffix);
    } else if (in_folder(input)) {
      name = fmt::format("{}/{}/{:04}.{}", input_folder, input.name, number, suffix);
    }
    line_.inputs.push_back({digest, name});
    return name;
  }

  [[nodiscard]] bool in_folder(const Input& input) const {
    return input.in_folder || (input.folder_of_many && request_.inputs.at(input.name).size() > 1);
  }

  void add_input(const Input& input) {
    const auto given = request_.inputs.find(input.name);
    if (given == request_.inputs.end()) {
      if (!input.otherwise.empty()) positional_.push_back(input.otherwise);
      return;
    }
    std::vector<std::string> values;
    for (const std::string& item : given->second) {
      values.push_back(is_digest(item) ? place(input, item, values.size() + 1) : item);
    }
    if (input.flag == "-") return;
    if (in_folder(input)) values = {fmt::format("{}/{}", input_folder, input.name)};
    if (input.joined) {
      add_value(input.flag, fmt::format("{}", fmt::join(values, ",")));
    } else if (input.flag.empty()) {
      positional_.insert(positional_.end(), values.begin(), values.end());
    } else {
      for (const std::string& value : values) add_value(input.flag, value);
    }
  }

  const Command& command_;
  const JobRequest& request_;
  const TypeOf& type_of_;
  CommandLine line_;
  std::vector<std::string> positional_, positional_outputs_;
};

}  // namespace

CommandLine command_line(const Command& command, const JobRequest& request, const TypeOf& type_of,
                         const Machine& machine) {
  return Builder(command, request, type_of).build(machine);
}

}  // namespace atelier::studio
