// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/base/progress.hpp"
#include "atelier/jobs/stylize.hpp"

namespace atelier::jobs {

/// Most paintings of one sweep.
inline constexpr std::size_t max_swept = 400;

/// An option and the values that it is to take, as they are typed.
struct SweepAxis {
  std::string option;  ///< "style-weight"
  std::vector<std::string> values;
};

/// "style-weight=0.5,1,2". Values of an option that is a list of its own stand between semicolons:
/// "style-layers=relu1_1,relu2_1;relu4_1". Throws Error invalid_argument for an option that the
/// table of stylize has not, or that presets stand for, and for values that it does not take or
/// that come twice.
[[nodiscard]] SweepAxis parse_sweep(std::string_view text);

/// One painting with every combination of values.
struct SweepRequest {
  StylizeRequest each;  ///< output: the sheet's picture, or a folder for it and all paintings
  std::vector<SweepAxis> axes;
};

struct SweptPainting {
  std::vector<std::string> values;  ///< one an axis
  std::filesystem::path output;     ///< empty when the sheet alone is kept
  bool skipped = false;             ///< it was there already
  StylizeReport report;
};

struct SweepReport {
  std::vector<SweepAxis> axes;
  std::vector<SweptPainting> results;
  std::filesystem::path sheet;
  std::vector<std::string> warnings;  ///< of pictures that could not be read
  int asked = 0;                      ///< paintings
  double seconds = 0;
  bool cancelled = false;
};

[[nodiscard]] nlohmann::json to_json(const SweepReport& report);

/// Paints them all and lays them out on one sheet: the first option's values are its rows, the
/// second's its columns, each combination of further ones a block of its own; one option alone runs
/// along rows. Every picture has its total loss and its seconds below.
///
/// In a folder each painting is kept with its recipe as NAME=VALUE_NAME=VALUE.png and the sheet as
/// sheet.png, and a painting that is there already with the recipe asked for is not made again.
/// `stop` ends the sweep; the sheet then has empty places.
///
/// Throws Error as jobs::stylize(), all that can be refused before the first painting; more than
/// max_swept paintings are refused.
[[nodiscard]] SweepReport sweep(const SweepRequest& request, const OnProgress& on_progress = {},
                                std::stop_token stop = {});

}  // namespace atelier::jobs
