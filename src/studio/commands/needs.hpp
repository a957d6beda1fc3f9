// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace atelier::studio {

/// What a job asks of the worker that does it, besides its command.
struct Needs {
  bool gpu = false;
  double memory = 0;                ///< GiB that the job may take; 0: any
  std::vector<std::string> models;  ///< whose weights must be there: "vgg19"
  std::string server;  ///< that has what it works on; said by that server, never by who asks
};

inline constexpr double most_memory_need = 65'536;  ///< GiB
inline constexpr std::size_t most_model_needs = 32, most_model_name = 100;

/// {"gpu": true, "memory": 8, "models": ["vgg19"]}, each of which may be left out. Throws
/// RequestError.
[[nodiscard]] Needs parse_needs(const nlohmann::json& given);

/// The same as a JSON schema.
[[nodiscard]] nlohmann::ordered_json needs_schema();

/// Words for what a worker can and a job needs, equal where they fit.
[[nodiscard]] std::string command_word(const std::string& command);
[[nodiscard]] std::string model_word(const std::string& model);
[[nodiscard]] std::string server_word(const std::string& server);
inline constexpr const char* gpu_word = "gpu";
/// Such a word for people: "the model vgg19".
[[nodiscard]] std::string shown_word(const std::string& word);

}  // namespace atelier::studio
