// SPDX-License-Identifier: Apache-2.0
#include "jobs/music/save_music.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "atelier/music/abc.hpp"
#include "atelier/music/audio.hpp"
#include "atelier/music/engrave.hpp"
#include "atelier/music/midi.hpp"
#include "atelier/music/music_xml.hpp"
#include "atelier/music/piano_roll.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 9> suffixes{".mid",      ".wav", ".flac", ".ogg", ".abc",
                                                   ".musicxml", ".svg", ".pdf",  ".png"};

bool is_sound(const std::string& suffix) {
  return suffix == ".wav" || suffix == ".flac" || suffix == ".ogg";
}

music::Score notated(const music::Score& score) {
  constexpr int twelfths = 12;
  return music::in_ticks(score, twelfths);
}

}  // namespace

void check_music_outputs(const std::vector<fs::path>& outputs) {
  if (outputs.empty()) {
    fail(ErrorKind::invalid_argument, "there is nothing to write to; name a file with -o.");
  }
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const std::string suffix = outputs[i].extension().string();
    if (std::find(suffixes.begin(), suffixes.end(), suffix) == suffixes.end()) {
      fail(ErrorKind::invalid_argument, "{} is no form of music; use one of {}.",
           outputs[i].string(), fmt::join(suffixes, ", "));
    }
    if (std::find(outputs.begin(), outputs.begin() + static_cast<std::ptrdiff_t>(i), outputs[i]) !=
        outputs.begin() + static_cast<std::ptrdiff_t>(i)) {
      fail(ErrorKind::invalid_argument, "{} is named twice.", outputs[i].string());
    }
    if (is_sound(suffix) && !music::find_sound_font()) {
      fail(ErrorKind::missing_capability,
           "there is no sound font on this machine to play with; bring one: apt install "
           "timgm6mb-soundfont.");
    }
    const AtomicFile can_be_written(outputs[i]);
  }
}

fs::path numbered(const fs::path& output, int number, int count) {
  if (count == 1) return output;
  fs::path path = output;
  path.replace_filename(
      fmt::format("{}-{}{}", output.stem().string(), number, output.extension().string()));
  return path;
}

void save_music(const music::Score& score, const fs::path& path, const std::string& recipe,
                const std::stop_token& stop) {
  const std::string suffix = path.extension().string();
  if (suffix == ".mid") return write_file(path, music::write_midi(score));
  if (is_sound(suffix)) return music::save_audio(music::play(score, {}, {}, stop), path, recipe);
  if (suffix == ".abc") return write_file(path, music::write_abc(notated(score)));
  if (suffix == ".musicxml") return write_file(path, music::write_music_xml(notated(score)));
  if (suffix == ".png") {
    image::SaveOptions options;
    options.recipe = recipe;
    return image::save(music::piano_roll(score), path, options);
  }
  music::engrave(notated(score), path);
}

}  // namespace atelier::jobs
