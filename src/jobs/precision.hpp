// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "atelier/sequence/text_model.hpp"

namespace atelier::jobs {

/// "fp32", "fp16" or "int8", as option tables allow.
[[nodiscard]] inline sequence::Precision precision_of(const std::string& name) {
  if (name == "fp32") return sequence::Precision::fp32;
  return name == "int8" ? sequence::Precision::int8 : sequence::Precision::fp16;
}

}  // namespace atelier::jobs
