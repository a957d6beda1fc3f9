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
  /// Whether frames fell on the same 1/100 s and were left out is told by the result: how many.
  std::int64_t finish();

 private:
  void paint(const image::Image& picture, Palette& palette, AVFrame& frame) const;

  Plan plan_, chunk_plan_;
  std::filesystem::path file_;
  std::string name_;
  TemporaryFolder folder_;
  std::unique_ptr<Muxer> waiting_;
  PaletteMaker maker_;
  std::int64_t first_ = 0, count_ = 0;
  FrameTime last_;
};

}  // namespace atelier::film
