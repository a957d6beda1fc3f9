// SPDX-License-Identifier: Apache-2.0
#include "jobs/own_model.hpp"

#include <fmt/format.h>

#include "atelier/base/error.hpp"
#include "atelier/base/paths.hpp"

namespace atelier::jobs {

std::filesystem::path own_model(std::string_view name, std::string_view otherwise) {
  const std::string place = fmt::format("models/{}.safetensors", name);
  std::filesystem::path file = own_data(place);
  if (!file.empty()) return file;
  fail(ErrorKind::missing_weights,
       "{} is not beside this program; set ATELIER_DATA to the folder that holds models/, or {}.",
       place, otherwise);
}

}  // namespace atelier::jobs
