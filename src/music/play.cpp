// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <tuple>

#include "atelier/base/error.hpp"
#include "atelier/music/audio.hpp"
#include "atelier/music/timing.hpp"
#include "music/synth.hpp"

namespace atelier::music {
namespace {

constexpr double loudest = 0.891;      // -1 dBFS
constexpr double longest_tail = 10;    // s
constexpr float silence = 1e-4F;       // of the loudest sample: -80 dB
constexpr double fade_seconds = 0.02;  // from the tail's end to nothing

struct Event {
  std::int64_t sample;
  bool on;  // keys are let go before others are struck
  const Note* note;
};

std::vector<Event> events_of(const Score& score, int sample_rate) {
  const TempoMap map(score);
  const auto sample = [&](Tick at) { return std::llround(map.seconds(at) * sample_rate); };
  std::vector<Event> events;
  for (const Note& note : score.notes) {
    events.push_back({sample(note.start), true, &note});
    events.push_back({sample(note.start + note.length), false, &note});
  }
  std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
    return std::tuple(a.sample, a.on) < std::tuple(b.sample, b.on);
  });
  return events;
}

float peak_of(const std::vector<float>& samples, std::size_t from) {
  float peak = 0;
  for (std::size_t i = from; i < samples.size(); ++i) peak = std::max(peak, std::abs(samples[i]));
  return peak;
}

/// Sounds on until nothing is heard.
void ring_out(Synth& synth, Audio& audio) {
  const float peak = peak_of(audio.samples, 0);
  const auto piece = static_cast<std::size_t>(audio.sample_rate / 10);
  for (double seconds = 0; seconds < longest_tail; seconds += 0.1) {
    const std::size_t before = audio.samples.size();
    synth.sound(piece, audio.samples);
    if (peak_of(audio.samples, before) < silence * peak) break;
  }
  const auto fade = std::min(static_cast<std::size_t>(fade_seconds * audio.sample_rate),
                             audio.samples.size() / 2);
  for (std::size_t i = 0; i < fade; ++i) {
    const float gain = static_cast<float>(i) / static_cast<float>(fade);
    audio.samples[audio.samples.size() - 1 - 2 * i] *= gain;
    audio.samples[audio.samples.size() - 2 - 2 * i] *= gain;
  }
}

void check_options(const Score& score, const PlayOptions& options) {
  check(score);
  if (score.notes.empty()) fail(ErrorKind::invalid_argument, "the score has no notes to play.");
  if (options.sample_rate < 8000 || options.sample_rate > 96'000)
    fail(ErrorKind::invalid_argument, "a sample rate of {} Hz is not within 8000..96000.",
         options.sample_rate);
  if (const double seconds = TempoMap(score).seconds(score.length); seconds > max_audio_seconds)
    fail(ErrorKind::invalid_argument,
         "a piece of {:.0f} s is longer than the {:.0f} s that are "
         "played.",
         seconds, max_audio_seconds);
}

}  // namespace

std::optional<std::filesystem::path> find_sound_font() {
  if (const char* named = std::getenv("ATELIER_SOUND_FONT"); named && *named) return named;
  constexpr std::array known{"sf2/FluidR3_GM.sf2",     "sf3/MuseScore_General.sf3",
                             "sf3/FluidR3Mono_GM.sf3", "sf3/MuseScore_General_Lite.sf3",
                             "sf2/TimGM6mb.sf2",       "sf2/default-GM.sf2",
                             "sf3/default-GM.sf3"};
  for (const char* name : known) {
    const auto path = std::filesystem::path("/usr/share/sounds") / name;
    std::error_code ignored;
    if (std::filesystem::is_regular_file(path, ignored)) return path;
  }
  return std::nullopt;
}

Audio play(const Score& score, const PlayOptions& options, const OnProgress& on_progress,
           std::stop_token stop) {
  check_options(score, options);
  std::filesystem::path font = options.sound_font;
  if (font.empty()) {
    const auto found = find_sound_font();
    if (!found)
      fail(ErrorKind::missing_capability,
           "there is no sound font on this machine to play with; bring one: apt install "
           "timgm6mb-soundfont.");
    font = *found;
  }
  Synth synth(font, options.sample_rate, score.voices);
  Audio audio{options.sample_rate, {}};
  const std::vector<Event> events = events_of(score, options.sample_rate);
  const auto last = std::max<std::int64_t>(
      events.back().sample,
      std::llround(TempoMap(score).seconds(score.length) * options.sample_rate));
  std::int64_t now = 0, reported = 0;
  const auto sound_until = [&](std::int64_t until) {
    while (now < until) {
      if (stop.stop_requested()) fail(ErrorKind::cancelled, "the piece was not played to its end.");
      const auto part = std::min<std::int64_t>(until - now, options.sample_rate);
      synth.sound(static_cast<std::size_t>(part), audio.samples);
      now += part;
      if (on_progress && now - reported >= options.sample_rate) {
        on_progress({.stage = "play",
                     .done = now / options.sample_rate,
                     .total = last / options.sample_rate,
                     .values = {}});
        reported = now;
      }
    }
  };
  for (const Event& event : events) {
    sound_until(event.sample);
    if (event.on)
      synth.strike(*event.note);
    else
      synth.let_go(*event.note);
  }
  sound_until(last);
  ring_out(synth, audio);
  const float peak = peak_of(audio.samples, 0);
  if (!(peak > 1e-6F))
    fail(ErrorKind::missing_capability, "the sound font {} has no sound for these instruments.",
         font.string());
  for (float& sample : audio.samples) sample *= static_cast<float>(loudest) / peak;
  return audio;
}

}  // namespace atelier::music
