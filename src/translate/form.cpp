// SPDX-License-Identifier: Apache-2.0
#include "translate/form.hpp"

namespace atelier::translate {

fast::Architecture architecture_of(int width) {
  fast::Architecture form;
  form.modulated = false;
  form.mixes = 0;
  form.full = width;
  form.half = std::int64_t{2} * width;
  form.quarter = std::int64_t{4} * width;
  form.eighth = std::int64_t{6} * width;
  form.quarter_blocks = 1;
  form.eighth_blocks = 4;
  form.late_blocks = 2;
  form.fine_blocks = 1;
  return form;
}

fast::Modulations constant_modulations(const fast::Architecture& form,
                                       const train::Parameters& parameters, std::int64_t count) {
  fast::Modulations all;
  for (const fast::StyledLayer& layer : fast::styled_layers(form)) {
    const auto constants = [&](const char* what) {
      return parameters[layer.name + what].unsqueeze(0).expand({count, -1});
    };
    all[layer.name] = {constants(".scale"), constants(".shift"), {}};
  }
  return all;
}

}  // namespace atelier::translate
