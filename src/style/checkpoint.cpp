// SPDX-License-Identifier: Apache-2.0
#include "atelier/style/checkpoint.hpp"

#include <algorithm>

#include "atelier/base/error.hpp"
#include "nets/sealed.hpp"
#include "style/held_checkpoint.hpp"

namespace atelier::style {
namespace {

constexpr const char* format_name = "atelier painting 1";
constexpr const char* painting_key = "painting";
/// Of what writing took, how much passes at least until it is done again: below one hundredth of
/// the time goes into it.
constexpr double rest = 100;

}  // namespace

Checkpoint::Held::Held(std::filesystem::path file, double every, std::string painting)
    : file_(std::move(file)), every_(every), painting_(std::move(painting)) {
  due_ = Clock::now() +
         std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(every_));
  const std::optional<nets::Safetensors> content = nets::read_sealed(file_, format_name);
  if (!content) return;
  const auto of = content->metadata.find(painting_key);
  if (of == content->metadata.end() || of->second != painting_) {
    fail(ErrorKind::invalid_argument,
         "{} is of another painting: other pictures, options, weights or another version; repeat "
         "that command, name another file, or remove it to begin from the start.",
         file_.string());
  }
  found_ = state_from(*content);
  steps_ = found_->steps;
}

void Checkpoint::Held::keep(const std::function<PaintingState()>& state, bool last) {
  const Clock::time_point began = Clock::now();
  if (!trouble_.empty() || (!last && began < due_)) return;
  try {
    nets::Safetensors content = to_file(state());
    content.metadata[painting_key] = painting_;
    nets::write_sealed(file_, format_name, std::move(content));
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::io) throw;
    trouble_ = error.what();
  }
  const Clock::time_point now = Clock::now();
  const double took = std::chrono::duration<double>(now - began).count();
  seconds_ += took;
  due_ = now + std::chrono::duration_cast<Clock::duration>(
                   std::chrono::duration<double>(std::max(every_, rest * took)));
}

Checkpoint::Checkpoint(std::filesystem::path file, double every, std::string painting)
    : held_(std::make_unique<Held>(std::move(file), every, std::move(painting))) {}
Checkpoint::~Checkpoint() = default;

const std::vector<Step>& Checkpoint::steps() const noexcept {
  return held_->steps();
}

double Checkpoint::seconds() const noexcept {
  return held_->seconds();
}

const std::string& Checkpoint::trouble() const noexcept {
  return held_->trouble();
}

void Checkpoint::remove() noexcept {
  std::error_code ignored;
  std::filesystem::remove(held_->file(), ignored);
}

}  // namespace atelier::style
