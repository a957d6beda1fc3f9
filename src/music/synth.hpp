// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fluidsynth.h>

#include <filesystem>
#include <memory>
#include <vector>

#include "atelier/music/score.hpp"

namespace atelier::music {

/// FluidSynth with a sound font and an instrument for each voice.
class Synth {
 public:
  /// Throws Error missing_capability.
  Synth(const std::filesystem::path& sound_font, int sample_rate, const std::vector<Voice>& voices);

  void strike(const Note& note) {
    fluid_synth_noteon(synth_.get(), note.voice, note.pitch, note.velocity);
  }
  void let_go(const Note& note) { fluid_synth_noteoff(synth_.get(), note.voice, note.pitch); }

  /// Appends so many pairs of samples.
  void sound(std::size_t pairs, std::vector<float>& samples);

 private:
  struct Free {
    void operator()(fluid_settings_t* settings) const { delete_fluid_settings(settings); }
    void operator()(fluid_synth_t* synth) const { delete_fluid_synth(synth); }
  };
  std::unique_ptr<fluid_settings_t, Free> settings_;
  std::unique_ptr<fluid_synth_t, Free> synth_;
};

}  // namespace atelier::music
