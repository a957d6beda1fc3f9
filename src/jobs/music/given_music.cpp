// SPDX-License-Identifier: Apache-2.0
#include "jobs/music/given_music.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <utility>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/music/abc.hpp"
#include "atelier/music/midi.hpp"

namespace atelier::jobs {

music::Score read_music(const std::filesystem::path& path) {
  const std::string suffix = path.extension().string();
  music::Score score;
  if (suffix == ".mid" || suffix == ".midi") {
    score = music::read_midi(read_file(path, music::max_midi_bytes), path.string()).score;
  } else if (suffix == ".abc") {
    const std::string text = read_file(path, music::max_abc_bytes);
    score = music::read_abc(music::abc_tunes(text).front());
  } else {
    fail(ErrorKind::invalid_argument, "{} is no music that is read; give a .mid or .abc file.",
         path.string());
  }
  if (score.notes.empty()) fail(ErrorKind::bad_input, "{} has no notes.", path.string());
  return score;
}

music::Score on_grid(const music::Score& score, int steps, const std::filesystem::path& path) {
  music::Score result = music::in_ticks(score, steps);
  const auto fits = [&](music::Tick tick) { return tick * steps % score.ticks_per_quarter == 0; };
  for (const music::Note& note : score.notes) {
    if (fits(note.start) && fits(note.start + note.length)) continue;
    fail(ErrorKind::invalid_argument,
         "the note at quarter {:.3f} of {} does not begin and end on the grid of {} steps to a "
         "quarter; bring it onto that first.",
         static_cast<double>(note.start) / score.ticks_per_quarter, path.string(), steps);
  }
  return result;
}

std::optional<music::Key> key_option(const std::string& text) {
  if (text.empty()) return std::nullopt;
  constexpr std::array steps{9, 11, 0, 2, 4, 5, 7};  // of A, B, ...
  constexpr std::array<std::pair<std::string_view, music::Mode>, 9> modes{
      {{"", music::Mode::major},
       {"m", music::Mode::minor},
       {"major", music::Mode::major},
       {"minor", music::Mode::minor},
       {"dorian", music::Mode::dorian},
       {"phrygian", music::Mode::phrygian},
       {"lydian", music::Mode::lydian},
       {"mixolydian", music::Mode::mixolydian},
       {"locrian", music::Mode::locrian}}};
  std::string_view rest = text;
  const int letter = std::tolower(static_cast<unsigned char>(rest.front()));
  rest.remove_prefix(1);
  int alter = 0;
  if (rest.starts_with('#') || rest.starts_with('b')) {
    alter = rest.front() == '#' ? 1 : -1;
    rest.remove_prefix(1);
  }
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  const auto* mode =
      std::find_if(modes.begin(), modes.end(), [&](const auto& m) { return m.first == rest; });
  if (letter < 'a' || letter > 'g' || mode == modes.end()) {
    fail(ErrorKind::invalid_argument,
         "--key '{}' is no key; write it as G, F#m, 'Bb major' or 'D dorian'.", text);
  }
  const int tonic = (steps[static_cast<std::size_t>(letter - 'a')] + alter + 12) % 12;
  return music::key_of(tonic, mode->second);
}

music::Metre metre_option(const std::string& text) {
  if (text.empty()) return {};
  const std::size_t slash = text.find('/');
  const auto number = [&](std::string_view part) {
    int value = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    return error == std::errc() && end == part.data() + part.size() ? value : 0;
  };
  music::Metre metre;
  metre.beats = number(std::string_view(text).substr(0, slash));
  metre.unit = slash == text.npos ? 0 : number(std::string_view(text).substr(slash + 1));
  const bool unit = metre.unit == 2 || metre.unit == 4 || metre.unit == 8 || metre.unit == 16;
  if (metre.beats < 1 || metre.beats > 16 || !unit) {
    fail(ErrorKind::invalid_argument,
         "--metre '{}' is none; write 1 to 16 beats of a half, quarter, eighth or sixteenth, such "
         "as 3/4 or 6/8.",
         text);
  }
  return metre;
}

int instrument(const ComposeOptions& options, std::size_t voice, int otherwise) {
  if (options.instruments.empty()) return otherwise;
  return static_cast<int>(options.instruments[std::min(voice, options.instruments.size() - 1)]);
}

void set_signatures(music::Score& score, int quarters_a_minute, music::Metre metre,
                    music::Key key) {
  constexpr int microseconds_a_minute = 60'000'000;
  score.tempi = {{0, microseconds_a_minute / quarters_a_minute}};
  score.metres = {metre};
  score.keys = {{0, key}};
}

}  // namespace atelier::jobs
