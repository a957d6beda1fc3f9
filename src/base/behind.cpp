// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/behind.hpp"

#include <utility>

namespace atelier {

Behind::Behind(std::size_t most) : most_(most), thread_([this] { serve(); }) {}

Behind::~Behind() {
  const std::lock_guard lock(mutex_);
  leave_ = true;
  changed_.notify_all();
}

void Behind::then(std::function<void()> piece) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return waiting_.size() < most_; });
  throw_what_was_thrown();
  waiting_.push_back(std::move(piece));
  changed_.notify_all();
}

void Behind::finish() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return waiting_.empty() && !busy_; });
  throw_what_was_thrown();
}

void Behind::throw_what_was_thrown() {
  if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
}

void Behind::serve() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return leave_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    std::function<void()> piece = std::move(waiting_.front());
    waiting_.pop_front();
    busy_ = true;
    changed_.notify_all();
    lock.unlock();
    std::exception_ptr thrown;
    try {
      piece();
    } catch (...) {
      thrown = std::current_exception();
    }
    piece = nullptr;  // what it holds goes here, not under the lock
    lock.lock();
    busy_ = false;
    if (thrown) {
      error_ = thrown;
      waiting_.clear();
    }
    changed_.notify_all();
  }
}

}  // namespace atelier
