// SPDX-License-Identifier: Apache-2.0
#include "studio/worker/checkpoint_taker.hpp"

#include <fmt/format.h>

#include "studio/log.hpp"

namespace atelier::studio {
namespace {

namespace fs = std::filesystem;

constexpr int rest = 10;

/// Of a file that is not there, the earliest.
fs::file_time_type written(const fs::path& file) {
  std::error_code error;
  const fs::file_time_type time = fs::last_write_time(file, error);
  return error ? fs::file_time_type::min() : time;
}

/// A second name for what the file holds now: its process replaces it, and never writes into it.
bool hold(const fs::path& file, const fs::path& as) {
  std::error_code error;
  fs::remove(as, error);
  fs::create_hard_link(file, as, error);
  if (error) fs::copy_file(file, as, fs::copy_options::overwrite_existing, error);
  return !error;
}

}  // namespace

CheckpointTaker::CheckpointTaker(const FileStore& store, const fs::path& folder, fs::path file,
                                 std::string name)
    : store_(store),
      file_(std::move(file)),
      taken_(folder / "taken-checkpoint"),
      name_(std::move(name)),
      seen_(written(file_)) {}

CheckpointTaker::~CheckpointTaker() {
  ends();
}

std::optional<std::string> CheckpointTaker::take() {
  if (file_.empty()) return std::nullopt;
  if (!copy_.valid()) begin();
  if (!copy_.valid() || copy_.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
    return std::nullopt;
  return collect() ? std::optional(name_) : std::nullopt;
}

std::optional<std::string> CheckpointTaker::take_last(std::chrono::milliseconds patience) {
  if (file_.empty()) return std::nullopt;
  const Clock::time_point until = Clock::now() + patience;
  const auto is_there = [&] {
    return copy_.valid() && copy_.wait_until(until) == std::future_status::ready && collect();
  };
  bool is_new = is_there();
  rests_until_ = {};
  if (!copy_.valid()) begin();
  is_new = is_there() || is_new;
  return is_new ? std::optional(name_) : std::nullopt;
}

bool CheckpointTaker::ends() {
  if (copy_.valid()) collect();
  return kept_;
}

void CheckpointTaker::begin() {
  const fs::file_time_type now_written = written(file_);
  if (now_written == fs::file_time_type::min() || now_written == seen_) return;
  if (Clock::now() < rests_until_ || !hold(file_, taken_)) return;
  seen_ = now_written;
  began_ = Clock::now();
  copy_ = std::async(std::launch::async, [this] {
    try {
      keep_companions();
      store_.keep_checkpoint(taken_, name_);
      return true;
    } catch (const std::exception& error) {
      log_event("checkpoint_trouble", {{"level", "error"}, {"what", error.what()}});
      return false;
    }
  });
}

void CheckpointTaker::keep_companions() const {
  for (const std::string_view companion : checkpoint_companions) {
    const fs::path file = file_.parent_path() / companion;
    if (!fs::exists(file)) continue;
    // A log is written on into: a second name would not hold it.
    const fs::path copy = fmt::format("{}-{}", taken_.string(), companion);
    fs::copy_file(file, copy, fs::copy_options::overwrite_existing);
    store_.keep_checkpoint(copy, name_, companion);
  }
}

bool CheckpointTaker::collect() {
  const bool well = copy_.get();
  const Clock::time_point now = Clock::now();
  rests_until_ = now + rest * (now - began_);
  kept_ = kept_ || well;
  return well;
}

}  // namespace atelier::studio
