// SPDX-License-Identifier: Apache-2.0
#include "music/synth.hpp"

#include <algorithm>
#include <mutex>
#include <new>

#include "atelier/base/error.hpp"

namespace atelier::music {
namespace {

/// Keeps FluidSynth from writing to the terminal.
void quiet_fluidsynth() {
  static std::once_flag once;
  std::call_once(once, [] {
    for (const int level : {FLUID_PANIC, FLUID_ERR, FLUID_WARN, FLUID_INFO, FLUID_DBG})
      fluid_set_log_function(level, nullptr, nullptr);
  });
}

}  // namespace

Synth::Synth(const std::filesystem::path& sound_font, int sample_rate,
             const std::vector<Voice>& voices) {
  quiet_fluidsynth();
  settings_.reset(new_fluid_settings());
  if (!settings_) throw std::bad_alloc();
  const auto count = static_cast<int>(voices.size());
  fluid_settings_setnum(settings_.get(), "synth.sample-rate", sample_rate);
  fluid_settings_setint(settings_.get(), "synth.midi-channels",
                        std::max((count + 15) / 16, 1) * 16);
  fluid_settings_setint(settings_.get(), "synth.chorus.active", 0);
  fluid_settings_setint(settings_.get(), "synth.cpu-cores", 1);
  fluid_settings_setint(settings_.get(), "synth.polyphony", 512);
  synth_.reset(new_fluid_synth(settings_.get()));
  if (!synth_) throw std::bad_alloc();
  if (fluid_synth_sfload(synth_.get(), sound_font.c_str(), 1) == FLUID_FAILED) {
    fail(ErrorKind::missing_capability,
         "the sound font {} cannot be loaded; name another one, or install one: apt install "
         "timgm6mb-soundfont.",
         sound_font.string());
  }
  for (int channel = 0; channel < count; ++channel) {
    const Voice& voice = voices[static_cast<std::size_t>(channel)];
    fluid_synth_set_channel_type(synth_.get(), channel,
                                 voice.drums ? CHANNEL_TYPE_DRUM : CHANNEL_TYPE_MELODIC);
    fluid_synth_program_change(synth_.get(), channel, voice.program);
  }
}

void Synth::sound(std::size_t pairs, std::vector<float>& samples) {
  constexpr std::size_t most = 1 << 16;
  while (pairs > 0) {
    const std::size_t part = std::min(pairs, most);
    const std::size_t before = samples.size();
    samples.resize(before + 2 * part);
    fluid_synth_write_float(synth_.get(), static_cast<int>(part), samples.data() + before, 0, 2,
                            samples.data() + before, 1, 2);
    pairs -= part;
  }
}

}  // namespace atelier::music
