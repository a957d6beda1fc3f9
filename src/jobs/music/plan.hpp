// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "atelier/jobs/compose.hpp"
#include "atelier/music/constraints.hpp"
#include "atelier/music/score.hpp"
#include "jobs/music/kinds.hpp"

namespace atelier::jobs {

/// What a piece is asked to be, in its kind's terms. A piece is its ids behind START (of
/// vocabulary.hpp), what is given first; END is not among them.
class MusicPlan {
 public:
  virtual ~MusicPlan() = default;

  /// How it begins: stays as it is.
  [[nodiscard]] virtual std::vector<int> given() const { return {}; }
  /// What may come next, from the beginning on.
  [[nodiscard]] virtual std::unique_ptr<music::TokenConstraint> constraint() const = 0;
  /// Whole bars of a piece: it is drafted by stretches that end with one.
  [[nodiscard]] virtual std::int64_t bars_in(std::span<const int> piece) const = 0;
  /// Whether it is long enough to end.
  [[nodiscard]] virtual bool may_end(std::span<const int> piece) const = 0;
  /// Whether a piece of so many whole bars ends with the next, whatever the model says.
  [[nodiscard]] virtual bool ends_within(std::int64_t bars) const = 0;
  /// Tokens beyond a stretch that a draft goes on, to see where it leads.
  [[nodiscard]] virtual std::size_t look_ahead() const { return 0; }
  /// Whether a token is given, in the midst of what is composed; `at`: its place in the piece.
  [[nodiscard]] virtual bool is_given(std::size_t at) const {
    static_cast<void>(at);
    return false;
  }
  /// Changes how likely a model's tokens are behind a piece, by taste rather than by rule.
  virtual void prefer(std::span<const int> piece, std::span<float> logits) const {
    static_cast<void>(piece);
    static_cast<void>(logits);
  }
  /// What breaks the kind's rules from token `from` on; 0: nothing. Each fault is worth about the
  /// surprise, in nats, that it may cost to avoid it.
  [[nodiscard]] virtual double faults(std::span<const int> piece, std::size_t from) const;
  /// The same of how a finished piece ends.
  [[nodiscard]] virtual double faults_of_end(std::span<const int> piece) const = 0;
  /// The first stretch in the key that is asked for: the same where it is, or none is; nothing
  /// where it cannot be.
  [[nodiscard]] virtual std::optional<std::vector<int>> in_key(std::span<const int> opening) const {
    return std::vector<int>(opening.begin(), opening.end());
  }

  [[nodiscard]] virtual music::Score score(std::span<const int> piece) const = 0;
  /// As ComposedPiece::ending and ComposedPiece::measured.
  [[nodiscard]] virtual std::string ending(std::span<const int> piece) const = 0;
  [[nodiscard]] virtual nlohmann::json measured(std::span<const int> piece) const;
};

/// Throws Error bad_input and invalid_argument for files and options that do not fit the kind.
[[nodiscard]] std::unique_ptr<MusicPlan> make_plan(const MusicKind& kind,
                                                   const ComposeOptions& options);
[[nodiscard]] std::unique_ptr<MusicPlan> make_chorale_plan(const ComposeOptions& options);
[[nodiscard]] std::unique_ptr<MusicPlan> make_folk_plan(const ComposeOptions& options);
[[nodiscard]] std::unique_ptr<MusicPlan> make_piano_plan(const ComposeOptions& options);

}  // namespace atelier::jobs
