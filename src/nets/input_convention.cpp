// SPDX-License-Identifier: Apache-2.0
#include "nets/input_convention.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "atelier/base/error.hpp"

namespace atelier::nets {

InputConvention parse_convention(const std::string& text) {
  const auto json = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  InputConvention convention;
  try {
    convention.bgr = json.at("bgr").get<bool>();
    convention.scale = json.at("scale").get<double>();
    convention.mean = json.at("mean").get<std::vector<double>>();
    convention.std = json.at("std").get<std::vector<double>>();
  } catch (const nlohmann::json::exception&) {
    fail(ErrorKind::bad_input, "the weights do not say how they want their picture (input).");
  }
  bool sound =
      convention.mean.size() == 3 && convention.std.size() == 3 && std::isfinite(convention.scale);
  for (const double v : convention.mean) sound = sound && std::isfinite(v);
  for (const double v : convention.std) sound = sound && std::isfinite(v) && v != 0;
  if (!sound) {
    fail(ErrorKind::bad_input,
         "the weights' input convention needs three finite means and three deviations other than "
         "0.");
  }
  return convention;
}

}  // namespace atelier::nets
