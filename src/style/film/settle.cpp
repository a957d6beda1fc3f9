// SPDX-License-Identifier: Apache-2.0
#include "atelier/style/film.hpp"
#include "style/colour/colouring.hpp"
#include "style/texture.hpp"

namespace atelier::style {

void settle_for_frames(const nets::FeatureNet& net, StylizePictures& pictures,
                       StylizeOptions& options, std::stop_token stop) {
  options = with_own_layers(options);
  take_texture(net, pictures, options, stop);
  if (options.color != "match") return;
  if (options.color_strength > 0) fit_palettes(options, pictures.content, pictures.styles);
  options.color = "style";
  options.color_strength = 1;
}

}  // namespace atelier::style
