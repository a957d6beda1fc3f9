// SPDX-License-Identifier: Apache-2.0
#include "jobs/option_files.hpp"

namespace atelier::jobs {

std::vector<OptionFile> option_files(style::StylizeOptions& options) {
  std::vector<OptionFile> files;
  const auto add = [&](const char* option, std::string& word, const char* no_file) {
    if (!word.empty() && word != no_file) files.push_back({option, &word});
  };
  for (std::string& mask : options.style_mask) add("--style-mask", mask, "-");
  add("--style-map", options.style_map, "");
  add("--content-mask", options.content_mask, "");
  for (std::string& mask : options.protect) add("--protect", mask, "faces");
  add("--texture", options.texture, "");
  add("--fast-model", options.fast_model, "");
  return files;
}

}  // namespace atelier::jobs
