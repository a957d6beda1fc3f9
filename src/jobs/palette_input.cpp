// SPDX-License-Identifier: Apache-2.0
#include "jobs/palette_input.hpp"

#include <algorithm>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "atelier/palette/extract.hpp"
#include "atelier/palette/palette_file.hpp"

namespace atelier::jobs {

namespace fs = std::filesystem;

image::Image load_for_palette(const fs::path& path, int edge) {
  const image::Size size = image::probe(path).size;
  return image::load(
      path, {.long_edge = std::max(size.width, size.height) > edge ? edge : 0, .min_edge = 1});
}

palette::Palette palette_from(const fs::path& path, int count) {
  if (palette::is_palette_file(path)) return palette::read_palette(path);
  palette::Palette palette = palette::extract(load_for_palette(path, palette::working_edge), count);
  palette.title = path.stem().string();
  if (palette.colours.empty()) {
    fail(ErrorKind::bad_input, "{} shows no colour, so it is no palette; name another picture.",
         path.string());
  }
  return palette;
}

void check_palette_output(const fs::path& input, const fs::path& output) {
  std::error_code error;
  if (fs::equivalent(input, output, error)) {
    fail(ErrorKind::invalid_argument, "the output {} is an input; give it another name.",
         output.string());
  }
  if (!palette::is_palette_file(output)) {
    image::check_output(output);
    return;
  }
  if (fs::is_directory(output, error)) {
    fail(ErrorKind::invalid_argument, "{} is a folder; name a file in it.", output.string());
  }
  const AtomicFile trial(output);
}

}  // namespace atelier::jobs
