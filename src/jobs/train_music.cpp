// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/train_music.hpp"

#include "jobs/music/training_pieces.hpp"

namespace atelier::jobs {

const OptionTable<TrainMusicOptions>& train_music_option_table() {
  using O = TrainMusicOptions;
  static const OptionTable<O> table{
      {&O::kind, {"kind", "Music", "what music it is", "", {}, {}, music_kind_names(), {}}},
      {&O::transpose,
       {"transpose",
        "Music",
        "how far chorales and piano pieces are moved either way to be learned in other keys, too",
        "semitones",
        0,
        12,
        {},
        {}}},
  };
  return table;
}

const std::vector<std::string>& music_sequence_options() {
  static const std::vector<std::string> names{
      "architecture", "layers",   "width",  "heads",       "context",           "dropout",
      "tied",         "held-out", "judged", "adversarial", "adversarial-weight"};
  return names;
}

TrainReport train_music(const TrainMusicRequest& request, const train::RunListeners& listeners,
                        std::stop_token stop) {
  const MusicKind& kind = music_kind(request.options.kind);
  sequence::SequenceTraining training = request.training;
  training.sequence.seen_run = kind.seen_run;
  const sequence::EventPieces pieces =
      training_pieces(kind, request.music, training.sequence.held_out, request.options.transpose,
                      listeners.on_warning);
  return {sequence::train_events(pieces, training, listeners, std::move(stop)), training.folder};
}

}  // namespace atelier::jobs
