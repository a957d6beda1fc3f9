// SPDX-License-Identifier: Apache-2.0
#include "jobs/generators.hpp"

#include "atelier/base/error.hpp"
#include "atelier/base/paths.hpp"

namespace atelier::jobs {

std::filesystem::path generator_file(const std::string& model) {
  const std::filesystem::path path(model);
  if (path.has_extension() || path.has_parent_path()) return path;
  const std::filesystem::path own = own_data("models/gan_" + model + ".safetensors");
  if (own.empty()) {
    fail(
        ErrorKind::missing_weights,
        "no generator {} comes with Atelier; name a model's file, or train one with: atelier train "
        "gan.",
        model);
  }
  return own;
}

}  // namespace atelier::jobs
