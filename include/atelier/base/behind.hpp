// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

namespace atelier {

/// Work that is done behind its caller, piece after piece on one thread, such as writing what the
/// caller goes on making.
///
/// What a piece throws ends the work: pieces that wait are dropped, and then() or finish() throws
/// it once. Used from one thread.
class Behind {
 public:
  /// `most`: pieces that may wait, at least 1; then() waits for room.
  explicit Behind(std::size_t most);
  /// Waits for the pieces given; what they throw is lost.
  ~Behind();
  Behind(const Behind&) = delete;
  Behind& operator=(const Behind&) = delete;

  void then(std::function<void()> piece);
  /// Waits until all is done.
  void finish();

 private:
  void serve();
  void throw_what_was_thrown();

  std::size_t most_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  bool busy_ = false, leave_ = false;
  std::exception_ptr error_;
  std::jthread thread_;  // last: it uses all above
};

}  // namespace atelier
