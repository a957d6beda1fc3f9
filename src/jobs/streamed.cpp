// SPDX-License-Identifier: Apache-2.0
#include "jobs/streamed.hpp"

#include <utility>

#include "atelier/base/stopwatch.hpp"
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

image::Size paint_streamed(const StreamedPainting& painting, const LookOf& look_of,
                           const OnProgress& on_progress, const std::stop_token& stop,
                           double& seconds) {
  const image::LoadOptions load{.long_edge = painting.options.size};
  image::Image whole;
  {
    image::RowReader rows(painting.photo, load);
    whole = fast::read_whole(rows, stop);
  }
  image::RowReader from(painting.photo, load);
  const image::Size size = from.size();
  image::RowWriter to(painting.output, size, from.alpha(), from.bits(), painting.save);

  {
    const Stopwatch watch(seconds);
    const fast::Look look = look_of(std::move(whole), size);
    Progress progress;
    progress.stage = fast::whole_size(size) == size ? "painting" : "painting in strips";
    progress.total = fast::strips_for(painting.options, size, look.halo()).count(size);
    const auto report = [&](int done) {
      progress.done = done;
      progress.seconds = watch.elapsed();
      if (done > 0)
        progress.remaining = progress.seconds / done * static_cast<double>(progress.total - done);
      if (on_progress) on_progress(progress);
    };
    report(0);
    fast::paint_strips(look, painting.options, from, to, report, stop);
  }
  to.finish();
  return size;
}

image::Size paint_streamed(const StylizeRequest& request, const fast::Painter& painter,
                           const std::string& recipe, const OnProgress& on_progress,
                           const std::stop_token& stop, double& seconds) {
  const LookOf look_of = [&](image::Image whole, image::Size size) {
    return fast::look_of(painter, std::move(whole), load_pictures_for(request, size).styles,
                         request.options);
  };
  return paint_streamed({request.content, request.output, request.options, {.recipe = recipe}},
                        look_of, on_progress, stop, seconds);
}

}  // namespace atelier::jobs
