// SPDX-License-Identifier: Apache-2.0
#include "jobs/room.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/base/resources.hpp"
#include "atelier/base/scratch_memory.hpp"
#include "atelier/fast/strips.hpp"
#include "atelier/image/file.hpp"
#include "jobs/one_pass.hpp"
#include "jobs/streamed.hpp"

namespace atelier::jobs {
namespace {

constexpr int min_edge = 16;  // px, of every picture

style::Room needed_room(const style::StylizeOptions& options, image::Size size, bool alpha) {
  if (is_streamed(options, size)) return {fast::strips_memory(options, size, alpha), 0};
  if (in_one_pass(options)) return {fast::estimated_memory(options, size), 0};
  style::Room room = style::estimated_room(options, size);
  if (begins_in_one_pass(options)) {
    room.memory = std::max(room.memory, fast::estimated_memory(options, size));
  }
  return room;
}

/// What keeps a picture from being painted strip by strip, or nothing.
std::string why_whole(const style::StylizeOptions& options) {
  if (!in_one_pass(options)) return "";
  if (options.tile == style::tile_off) return "--tile off";
  if (!options.style_mask.empty()) return "--style-mask";
  if (!options.style_map.empty()) return "--style-map";
  return options.protect.empty() ? "" : "--protect";
}

}  // namespace

image::Size painted_size(const StylizeRequest& request) {
  const image::Size whole = image::probe(request.content).size;
  return request.options.size > 0 ? image::fit_long_edge(whole, request.options.size) : whole;
}

void check_room(const StylizeRequest& request) {
  const image::FileInfo content = image::probe(request.content);
  const image::Size size = painted_size(request);
  const std::filesystem::path folder = scratch_folder();
  const style::Room needed = needed_room(request.options, size, content.alpha);
  const style::Room free{static_cast<double>(available_memory_bytes()),
                         static_cast<double>(free_disk_bytes(folder))};
  const auto fits = [&](const style::Room& room) {
    return room.memory <= free.memory && (room.disk == 0 || room.disk <= free.disk);
  };
  if (fits(needed)) return;
  int most = std::max(size.width, size.height) / 16 * 16;
  while (most >= min_edge &&
         !fits(needed_room(request.options, image::fit_long_edge(content.size, most),
                           content.alpha))) {
    most -= 16;
  }
  std::string remedy = most >= min_edge ? fmt::format("use --size {} or less", most)
                                        : std::string("close other programs");
  const std::string whole = why_whole(request.options);
  if (!whole.empty()) remedy += fmt::format(", or leave out {}, which needs it whole", whole);
  if (needed.memory > free.memory) {
    fail(ErrorKind::out_of_memory,
         "{} at {} x {} px needs about {:.1f} GB of memory to paint and {:.1f} GB are free; {}.",
         request.content.string(), size.width, size.height, needed.memory / 1e9, free.memory / 1e9,
         remedy);
  }
  fail(ErrorKind::io,
       "{} at {} x {} px needs about {:.1f} GB of scratch files to paint and {} has {:.1f} GB "
       "free; {}, or let TMPDIR name another folder.",
       request.content.string(), size.width, size.height, needed.disk / 1e9, folder.string(),
       free.disk / 1e9, remedy);
}

}  // namespace atelier::jobs
