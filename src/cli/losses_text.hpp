// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <string>

#include "atelier/jobs/stylize.hpp"

namespace atelier::cli {

/// "content 0.31, style 0.12, ..., total 0.25".
inline std::string losses_text(const style::Losses& losses) {
  std::string text;
  style::for_each_loss(losses, [&](const char* name, double value) {
    text += fmt::format("{}{} {:.4g}", text.empty() ? "" : ", ", name, value);
  });
  return text;
}

}  // namespace atelier::cli
