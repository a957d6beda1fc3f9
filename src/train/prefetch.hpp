// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/Parallel.h>

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace atelier::train {

/// Makes the items 0, 1, 2, ... that a run is going to ask for, in threads of its own, while the
/// run computes. Which thread makes an item, and when, leaves no trace in it.
template <class T>
class Prefetch {
 public:
  /// `make`: called from several threads at once. `ahead`: how many items wait at most.
  Prefetch(std::function<T(std::int64_t)> make, int threads, std::int64_t ahead)
      : make_(std::move(make)), ahead_(ahead) {
    for (int i = 0; i < threads; ++i) {
      threads_.emplace_back([this](const std::stop_token& stop) { serve(stop); });
    }
  }

  ~Prefetch() {
    for (std::jthread& thread : threads_) thread.request_stop();
    changed_.notify_all();
  }
  Prefetch(const Prefetch&) = delete;
  Prefetch& operator=(const Prefetch&) = delete;

  /// Waits for the item. Cheapest in ascending order; any other begins the row anew. Throws what
  /// making it threw.
  T take(std::int64_t index) {
    std::unique_lock lock(mutex_);
    if (index != wanted_) {
      ready_.clear();
      next_ = index;
      ++row_;
    }
    wanted_ = index;
    changed_.notify_all();
    changed_.wait(lock, [&] { return ready_.contains(index); });
    Outcome outcome = std::move(ready_.extract(index).mapped());
    wanted_ = index + 1;
    lock.unlock();
    changed_.notify_all();
    if (outcome.error) std::rethrow_exception(outcome.error);
    return std::move(*outcome.item);
  }

 private:
  struct Outcome {
    std::optional<T> item;
    std::exception_ptr error;
  };

  void serve(const std::stop_token& stop) {
    at::set_num_threads(1);
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, stop, [&] { return next_ < wanted_ + ahead_; });
      if (stop.stop_requested()) return;
      const std::int64_t index = next_++, row = row_;
      lock.unlock();
      Outcome outcome;
      try {
        outcome.item.emplace(make_(index));
      } catch (...) {
        outcome.error = std::current_exception();
      }
      lock.lock();
      if (row == row_) ready_.emplace(index, std::move(outcome));
      changed_.notify_all();
    }
  }

  const std::function<T(std::int64_t)> make_;
  const std::int64_t ahead_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::map<std::int64_t, Outcome> ready_;
  std::int64_t wanted_ = 0, next_ = 0, row_ = 0;
  std::vector<std::jthread> threads_;  // last: they see all of the above
};

}  // namespace atelier::train
