// SPDX-License-Identifier: Apache-2.0
#include "jobs/one_pass.hpp"

#include "atelier/base/error.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/fast/stylize.hpp"
#include "atelier/tensor/compute.hpp"
#include "jobs/own_model.hpp"

namespace atelier::jobs {

std::unique_ptr<fast::Painter> load_painter(const style::StylizeOptions& options,
                                            const nets::FeatureNet& vgg,
                                            const std::string& device) {
  const std::filesystem::path model =
      options.fast_model.empty()
          ? own_model("fast", "name one of your own with --fast-model, or use --method optimize")
          : std::filesystem::path(options.fast_model);
  try {
    return std::make_unique<fast::Painter>(model, vgg, device);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::bad_input) throw;
    fail(ErrorKind::bad_input, "{} cannot be painted with: {}", model.string(), error.what());
  }
}

bool in_one_pass(const style::StylizeOptions& options) {
  return options.method == "fast";
}

bool begins_in_one_pass(const style::StylizeOptions& options) {
  return options.method == "optimize" && options.init == "fast";
}

style::StylizeResult first_painting(const fast::Painter& painter,
                                    const style::StylizePictures& pictures,
                                    const style::StylizeOptions& options) {
  style::StylizeOptions at_once;
  at_once.method = "fast";
  at_once.blend = options.blend;
  at_once.style_scale = options.style_scale;
  at_once.style_mask = options.style_mask;
  at_once.style_map = options.style_map;
  at_once.style_map_colors = options.style_map_colors;
  at_once.protect = options.protect;
  at_once.protect_strength = options.protect_strength;
  style::StylizePictures seen;
  seen.content = pictures.content;
  seen.styles = pictures.styles;
  seen.masks = pictures.masks;
  return paint_in_one_pass(painter, std::move(seen), at_once);
}

style::StylizeResult paint_in_one_pass(const fast::Painter& painter,
                                       style::StylizePictures pictures,
                                       const style::StylizeOptions& options,
                                       std::vector<fast::Look>* looks) {
  style::StylizeResult result;
  const tensor::OneThreadedTorch one_threaded_torch;
  {
    const Stopwatch watch(result.seconds);
    result.image = fast::stylize(painter, std::move(pictures), options, looks);
  }
  result.tile = options.tile;
  result.engine = options.engine;
  return result;
}

}  // namespace atelier::jobs
