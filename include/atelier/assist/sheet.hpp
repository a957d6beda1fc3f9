// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "atelier/assist/composition.hpp"
#include "atelier/assist/crops.hpp"
#include "atelier/assist/scene.hpp"
#include "atelier/assist/values.hpp"
#include "atelier/image/image.hpp"

namespace atelier::assist {

/// What a sheet shows.
struct Study {
  std::string title;
  image::Image picture;  ///< of any size; transparent parts are shown on white
  image::Size size;      ///< px, of the picture that crops are cut from
  Scene scene;
  Composition composition;
  image::Image values;  ///< of study_values()
  std::vector<Proposal> proposals;
};

/// A sheet to learn from, 1560 px wide, on white: the picture four times, with what draws the eye,
/// with the lines it is built on, with the crops that are proposed, and in few values; under each
/// what is drawn, in words and figures, and at the end why each crop.
///
/// Throws Error missing_capability where the image library draws no text.
[[nodiscard]] image::Image composition_sheet(const Study& study);

}  // namespace atelier::assist
