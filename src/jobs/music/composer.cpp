// SPDX-License-Identifier: Apache-2.0
#include "jobs/music/composer.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "jobs/music/kinds.hpp"

namespace atelier::jobs {
namespace {

using music::Vocabulary;
using sequence::CopyGuard;
using sequence::Token;

constexpr float never = -std::numeric_limits<float>::infinity();
constexpr int times_at_the_end = 4, times_in_a_key = 6;  // as many drafts

std::vector<Token> prompt_of(const sequence::TextModel& model, std::span<const int> given) {
  std::vector<Token> prompt(model.beginning().begin(), model.beginning().end());
  const std::vector<Token> events = events_of(given);
  prompt.insert(prompt.end(), events.begin(), events.end());
  return prompt;
}

std::unique_ptr<music::TokenConstraint> constraint_behind(const MusicPlan& plan,
                                                          std::span<const int> piece) {
  auto constraint = plan.constraint();
  for (const int id : piece) constraint->accept(id);
  return constraint;
}

}  // namespace

struct Composer::Draft {
  std::vector<int> stretch;  // ids behind the piece
  double cost = 0;
  bool ended = false, forced = false;      // by nothing else being allowed
  std::optional<std::vector<int>> in_key;  // of the opening
};

struct Composer::State {
  sequence::Pen pen;
  RandomStream chance;
  CopyGuard guard;
  Composition composition;
};

Composer::Composer(const sequence::TextModel& model, sequence::Decoder& decoder,
                   const MusicPlan& plan, const sequence::ChoiceOptions& choice, int copy_limit,
                   int drafts)
    : model_(model),
      decoder_(decoder),
      plan_(plan),
      choice_(choice),
      copy_limit_(copy_limit),
      drafts_(drafts) {}

Composer::Draft Composer::drawn(State& state, bool opening, const std::stop_token& stop) const {
  constexpr double wrong_key = 100;
  std::vector<int> piece = state.composition.piece;
  const std::size_t before = piece.size();
  const std::int64_t bars = plan_.bars_in(piece);
  const auto constraint = constraint_behind(plan_, piece);
  CopyGuard guard = state.guard;
  bool forced = false;
  const auto constrain = [&](std::span<const Token>, std::span<float> logits) {
    const auto& allowed = constraint->allowed();
    const auto others = std::count(allowed.begin(), allowed.end(), 1) - allowed[Vocabulary::end];
    forced = others == 0;
    logits[sequence::Tokenizer::unknown] = never;
    for (int id = Vocabulary::end; id < std::ssize(allowed); ++id) {
      const bool early = id == Vocabulary::end && !forced && !plan_.may_end(piece);
      if (!allowed[static_cast<std::size_t>(id)] || early) logits[event_of(id)] = never;
    }
    plan_.prefer(piece, logits);
    guard.constrain(logits);
  };
  Draft draft;
  std::size_t end = 0;  // of the stretch
  while (end == 0 || piece.size() < end + plan_.look_ahead()) {
    if (stop.stop_requested()) fail(ErrorKind::cancelled, "interrupted.");
    const Token token = state.pen.drawn(choice_, state.chance, constrain);
    const double surprise = state.pen.surprise(token);
    const int id = id_of(token);
    if (id == Vocabulary::end) {
      draft.ended = end == 0 || piece.size() == end;
      draft.forced = forced;
      draft.cost += plan_.faults_of_end(piece);
      if (plan_.ends_within(bars)) draft.cost += surprise;
      break;
    }
    if (plan_.is_given(piece.size())) draft.cost += surprise;
    constraint->accept(id);
    guard.append(token);
    state.pen.append(token);
    piece.push_back(id);
    if (end == 0 && plan_.bars_in(piece) > bars && !plan_.ends_within(bars)) end = piece.size();
  }
  if (end == 0) end = piece.size();
  const std::span<const int> kept = std::span<const int>(piece).first(end);
  draft.cost += plan_.faults(kept, before);
  draft.stretch.assign(kept.begin() + static_cast<std::ptrdiff_t>(before), kept.end());
  if (opening) {
    draft.in_key = plan_.in_key(draft.stretch);
    if (!draft.in_key) draft.cost += wrong_key;
  }
  return draft;
}

Composer::Draft Composer::best_draft(State& state, const std::stop_token& stop) const {
  const std::vector<int>& piece = state.composition.piece;
  const bool opening = piece.empty();
  int most = drafts_;
  if (drafts_ > 1 && plan_.ends_within(plan_.bars_in(piece))) most *= times_at_the_end;
  std::optional<Draft> best;
  for (int i = 0; i < most; ++i) {
    Draft draft = drawn(state, opening, stop);
    state.pen.back();
    ++state.composition.drafts;
    if (opening && !draft.in_key && i + 1 == most && most < drafts_ * times_in_a_key) ++most;
    if (!best || draft.cost < best->cost) best = std::move(draft);
    if (best->cost <= 0) break;
  }
  if (opening && !best->in_key) {
    fail(ErrorKind::invalid_argument,
         "no beginning in this key came of {} drafts; choose another --seed, or raise --drafts.",
         most);
  }
  return *best;
}

void Composer::keep(const Draft& draft, State& state) const {
  Composition& composition = state.composition;
  for (const int id : draft.in_key ? *draft.in_key : draft.stretch) {
    const Token token = event_of(id);
    composition.nats += state.pen.surprise(token);
    composition.piece.push_back(id);
    state.pen.append(token);
    state.guard.append(token);
  }
  if (!draft.ended) return;
  composition.nats += state.pen.surprise(sequence::Tokenizer::end);
  composition.complete = !draft.forced;
}

Composition Composer::compose(std::uint64_t seed, const std::stop_token& stop) const {
  const std::vector<int> given = plan_.given();
  State state{
      {decoder_, prompt_of(model_, given)}, {seed, "composing"}, {model_.seen(), copy_limit_}, {}};
  state.composition.piece = given;
  state.composition.given = given.size();
  for (bool ended = false; !ended;) {
    state.pen.mark();
    const Draft draft = best_draft(state, stop);
    keep(draft, state);
    ended = draft.ended;
  }
  state.composition.copied = state.guard.longest();
  return state.composition;
}

}  // namespace atelier::jobs
