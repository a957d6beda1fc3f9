// SPDX-License-Identifier: Apache-2.0
#include "atelier/music/report.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "atelier/music/cadence.hpp"
#include "atelier/music/key_finding.hpp"
#include "atelier/music/timing.hpp"

namespace atelier::music {
namespace {

double share(int part, int whole) {
  return whole > 0 ? static_cast<double>(part) / whole : 0;
}

/// Ticks in which anything sounds.
Tick sounding_ticks(const Score& score) {
  Tick sum = 0, end = 0;
  for (const Note& note : score.notes) {
    const Tick from = std::max(note.start, end);
    end = std::max(end, note.start + note.length);
    sum += std::max<Tick>(end - from, 0);
  }
  return sum;
}

/// Bars, of which a pickup is none.
std::size_t count_bars(const Score& score) {
  const std::vector<Tick> starts = bar_starts(score);
  const bool pickup =
      starts.size() > 1 &&
      starts[1] - starts[0] < bar_length(metre_at(score, 0), score.ticks_per_quarter);
  return starts.size() - (pickup ? 1 : 0);
}

}  // namespace

nlohmann::json report(const Score& score, std::int64_t hanging_notes) {
  const double seconds = TempoMap(score).seconds(score.length);
  nlohmann::json result{{"title", score.title},
                        {"seconds", seconds},
                        {"bars", count_bars(score)},
                        {"notes", score.notes.size()},
                        {"voices", score.voices.size()},
                        {"hanging_notes", hanging_notes}};
  bool pitched = false;
  int low = 127, high = 0;
  Tick held = 0;
  for (const Note& note : score.notes) {
    held += note.length;
    if (score.voices[static_cast<std::size_t>(note.voice)].drums) continue;
    pitched = true;
    low = std::min(low, note.pitch);
    high = std::max(high, note.pitch);
  }
  result["notes_per_second"] =
      seconds > 0 ? static_cast<double>(score.notes.size()) / seconds : 0.0;
  const Tick sounding = sounding_ticks(score);
  result["notes_at_once"] =
      sounding > 0 ? static_cast<double>(held) / static_cast<double>(sounding) : 0.0;
  if (!pitched) return result;
  const FoundKey key = find_key(score);
  result["key"] = name_of(key.key);
  result["key_correlation"] = key.correlation;
  result["key_lead"] = key.lead;
  result["lowest_pitch"] = low;
  result["highest_pitch"] = high;
  return result;
}

nlohmann::json report(const VoiceLeading& count) {
  nlohmann::json result{
      {"chords", count.chords},
      {"parallel_fifths_per_hundred_chords", 100 * share(count.parallel_fifths, count.chords)},
      {"parallel_octaves_per_hundred_chords", 100 * share(count.parallel_octaves, count.chords)},
      {"crossed_share", share(count.crossed, count.chords)},
      {"dissonant_share", share(count.dissonant, count.chords)},
      {"dissonant_share_on_beats", share(count.dissonant_beats, count.beats)}};
  constexpr std::array names{"soprano", "alto", "tenor", "bass"};
  for (std::size_t v = 0; v < chorale_voices; ++v)
    result["out_of_range_share"][names[v]] = share(count.out_of_range[v], count.notes[v]);
  return result;
}

nlohmann::json report(std::span<const Chorale> pieces) {
  VoiceLeading count;
  nlohmann::json cadences = nlohmann::json::object();
  for (const Cadence cadence :
       {Cadence::authentic, Cadence::plagal, Cadence::half, Cadence::deceptive, Cadence::none})
    cadences[std::string(name_of(cadence))] = 0;
  int counted = 0, notes = 0;
  std::size_t steps = 0;
  for (const Chorale& chorale : pieces) {
    const Score score = to_score(chorale);
    if (score.notes.empty()) continue;
    ++counted;
    steps += chorale.steps.size();
    count += voice_leading(chorale);
    notes += static_cast<int>(score.notes.size());
    auto& found = cadences[std::string(name_of(final_cadence(chorale, last_key(score))))];
    found = found.get<int>() + 1;
  }
  nlohmann::json result = report(count);
  result["pieces"] = counted;
  result["cadences"] = cadences;
  const double quarters = static_cast<double>(steps) / steps_per_quarter;
  result["notes_per_quarter"] = quarters > 0 ? notes / quarters : 0.0;
  return result;
}

}  // namespace atelier::music
