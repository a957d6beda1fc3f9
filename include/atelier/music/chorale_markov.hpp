// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "atelier/music/chorale.hpp"

namespace atelier::music {

/// The control that learnt composers of chorales must beat: a Markov chain of the first order.
///
/// A state is a sixteenth as it stands (four pitches, which of them are struck) and its place in
/// the quarter; a chain goes from state to state as often as the given pieces do, from their
/// beginnings to their ends. It knows harmony and no more than a sixteenth of the past.
class ChoraleMarkov {
 public:
  /// Moves each piece to C major or A minor by the key that is found, so that pieces share states.
  /// Throws Error invalid_argument when no piece has a note.
  explicit ChoraleMarkov(std::span<const Chorale> pieces);

  /// A new piece that ends as a given one does, or at `max_steps` sixteenths, 1..16,384. The same
  /// seed gives the same piece.
  [[nodiscard]] Chorale compose(std::uint64_t seed, std::size_t max_steps = 512) const;

  [[nodiscard]] std::size_t states() const noexcept { return states_.size(); }

 private:
  struct State {
    ChoraleStep step;
    std::vector<int> next;  ///< a state for each time it followed; ends_here for the end
  };
  static constexpr int ends_here = -1;

  int state_of(const ChoraleStep& step, std::size_t place,
               std::map<std::pair<std::size_t, ChoraleStep>, int>& known);

  std::vector<State> states_;
  std::vector<int> beginnings_;
};

}  // namespace atelier::music
