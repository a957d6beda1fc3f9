// SPDX-License-Identifier: Apache-2.0
#include "jobs/streamed.hpp"

#include <chrono>
#include <utility>

#include "atelier/fast/strips.hpp"
#include "atelier/image/rows.hpp"
#include "jobs/inputs.hpp"
#include "jobs/one_pass.hpp"

namespace atelier::jobs {

bool is_streamed(const style::StylizeOptions& options, image::Size size) {
  return in_one_pass(options) && options.tile != style::tile_off && options.style_mask.empty() &&
         options.style_map.empty() && options.protect.empty() &&
         static_cast<double>(size.width) * size.height > streamed_pixels;
}

image::Size paint_streamed(const StylizeRequest& request, const fast::Painter& painter,
                           const std::string& recipe, const OnProgress& on_progress,
                           const std::stop_token& stop, double& seconds) {
  const style::StylizeOptions& options = request.options;
  const image::LoadOptions load{.long_edge = options.size};
  image::Image whole;
  {
    image::RowReader rows(request.content, load);
    whole = fast::read_whole(rows, stop);
  }
  image::RowReader from(request.content, load);
  const image::Size size = from.size();
  image::RowWriter to(request.output, size, from.alpha(), from.bits(), {.recipe = recipe});

  const auto began = std::chrono::steady_clock::now();
  const auto elapsed = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  };
  Progress progress;
  progress.stage = fast::whole_size(size) == size ? "painting" : "painting in strips";
  progress.total = fast::strips_for(options, size, painter.halo()).count(size);
  const auto report = [&](int done) {
    progress.done = done;
    progress.seconds = elapsed();
    if (done > 0)
      progress.remaining = progress.seconds / done * static_cast<double>(progress.total - done);
    if (on_progress) on_progress(progress);
  };
  report(0);
  const fast::Look look =
      fast::look_of(painter, std::move(whole), load_pictures_for(request, size).styles, options);
  fast::paint_strips(painter, look, options, from, to, report, stop);
  seconds += elapsed();
  to.finish();
  return size;
}

}  // namespace atelier::jobs
