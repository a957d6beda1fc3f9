// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "atelier/base/temporary_folder.hpp"
#include "film/muxer.hpp"
#include "film/palette.hpp"

namespace atelier::film {

/// A GIF: frames wait on the disk, without loss, until the palette of all of them is known.
class GifFilm {
 public:
  GifFilm(const Plan& plan, const WriteOptions& options, std::filesystem::path file,
          std::string name);

  /// `time` in ticks of the options.
  void add(const image::Image& picture, FrameTime time);
  /// How many frames were left out, because GIF shows at most 50 a second.
  std::int64_t finish();

 private:
  void paint(const image::Image& picture, Palette& palette, AVFrame& frame) const;

  Plan plan_, chunk_plan_;
  std::filesystem::path file_;
  std::string name_;
  TemporaryFolder folder_;
  std::unique_ptr<Muxer> waiting_;
  PaletteMaker maker_;
  FrameTime last_;
};

}  // namespace atelier::film
