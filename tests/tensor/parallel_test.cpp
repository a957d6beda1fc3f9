// SPDX-License-Identifier: Apache-2.0
#include "tensor/parallel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cfenv>
#include <chrono>
#include <new>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <vector>

namespace atelier::tensor {
namespace {

/// Leaves one worker behind it, as the process began.
class Parallel : public ::testing::Test {
 protected:
  ~Parallel() override { set_worker_count(1); }
};

/// How often each item was seen; the numbers are not atomic, so that a second visit is a race that
/// the thread sanitizer sees too.
class Visits {
 public:
  explicit Visits(std::int64_t count) : seen_(static_cast<std::size_t>(count)) {}

  void visit(std::int64_t item) { ++seen_.at(static_cast<std::size_t>(item)); }
  [[nodiscard]] bool once() const {
    return std::all_of(seen_.begin(), seen_.end(), [](int n) { return n == 1; });
  }

 private:
  std::vector<int> seen_;
};

TEST_F(Parallel, DoesEveryItemOnce) {
  for (const int threads : {1, 2, 3, 7}) {
    set_worker_count(threads);
    EXPECT_EQ(worker_count(), threads);
    for (const std::int64_t count : {0, 1, 2, 3, 8, 100, 5000}) {
      Visits visits(count);
      parallel_for(count, [&](std::int64_t item, int) { visits.visit(item); });
      EXPECT_TRUE(visits.once()) << count << " items, " << threads << " threads";
    }
  }
}

TEST_F(Parallel, DoesNothingForNoItems) {
  set_worker_count(3);
  parallel_for(0, [](std::int64_t, int) { FAIL(); });
  parallel_for(-5, [](std::int64_t, int) { FAIL(); });
}

TEST_F(Parallel, TakesAtLeastOneThread) {
  for (const int threads : {0, -3}) {
    set_worker_count(threads);
    EXPECT_EQ(worker_count(), 1);
    Visits visits(10);
    parallel_for(10, [&](std::int64_t item, int) { visits.visit(item); });
    EXPECT_TRUE(visits.once());
  }
}

/// What a worker writes under its own number is its own for the length of a call.
TEST_F(Parallel, NumbersItsWorkers) {
  for (const int threads : {1, 2, 3, 7}) {
    set_worker_count(threads);
    for (int round = 0; round < 50; ++round) {
      std::vector<std::int64_t> done(static_cast<std::size_t>(threads));
      parallel_for(200, [&](std::int64_t, int worker) { ++done.at(worker); });
      std::int64_t total = 0;
      for (const std::int64_t n : done) total += n;
      EXPECT_EQ(total, 200);
    }
  }
}

TEST_F(Parallel, DividesWorkAmongThreads) {
  set_worker_count(2);
  // Each item waits for the other: one thread alone would never be done.
  std::atomic<int> arrived{0};
  std::vector<std::thread::id> ids(2);
  parallel_for(2, [&](std::int64_t item, int) {
    ids.at(static_cast<std::size_t>(item)) = std::this_thread::get_id();
    ++arrived;
    while (arrived < 2) std::this_thread::yield();
  });
  EXPECT_NE(ids[0], ids[1]);
}

/// Else bytes would depend on who computes them: rounding and flushed denormals are a thread's own.
TEST_F(Parallel, WorkersComputeInTheCallersFloatingPointMode) {
  set_worker_count(3);
  const int before = std::fegetround();
  for (const int mode : {FE_UPWARD, FE_TONEAREST, FE_DOWNWARD, before}) {
    std::fesetround(mode);
    std::vector<int> modes(3, -1);
    std::atomic<int> arrived{0};
    parallel_for(3, [&](std::int64_t item, int) {
      modes.at(static_cast<std::size_t>(item)) = std::fegetround();
      ++arrived;
      while (arrived < 3) std::this_thread::yield();
    });
    EXPECT_EQ(modes, std::vector<int>(3, mode));
  }
}

TEST_F(Parallel, WorksAloneWithinItself) {
  set_worker_count(3);
  Visits inner(20 * 30);
  std::atomic<int> strangers{0}, others{0};
  parallel_for(20, [&](std::int64_t item, int) {
    const auto thread = std::this_thread::get_id();
    parallel_for(30, [&](std::int64_t part, int worker) {
      inner.visit(item * 30 + part);
      if (std::this_thread::get_id() != thread) ++strangers;
      if (worker != 0) ++others;
    });
  });
  EXPECT_TRUE(inner.once());
  EXPECT_EQ(strangers, 0);
  EXPECT_EQ(others, 0);
  // Afterwards it divides again.
  std::atomic<int> arrived{0};
  parallel_for(2, [&](std::int64_t, int) {
    ++arrived;
    while (arrived < 2) std::this_thread::yield();
  });
}

/// Several threads call at once, each many times.
void call_from_threads(int callers, int calls, std::int64_t items) {
  std::vector<std::jthread> threads;
  std::atomic<int> faults{0};
  for (int caller = 0; caller < callers; ++caller) {
    threads.emplace_back([&, caller] {
      for (int call = 0; call < calls; ++call) {
        const std::int64_t count = items + (call + caller) % 3;
        Visits visits(count);
        parallel_for(count, [&](std::int64_t item, int) { visits.visit(item); });
        if (!visits.once()) ++faults;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(faults, 0);
}

TEST_F(Parallel, ThrowsWhatABodyThrowsAndServesOn) {
  for (const int threads : {1, 2, 5}) {
    set_worker_count(threads);
    for (const std::int64_t bad : {0, 7, 99}) {
      EXPECT_THROW(parallel_for(100,
                                [&](std::int64_t item, int) {
                                  if (item == bad) throw std::bad_alloc();
                                }),
                   std::bad_alloc);
      std::atomic<int> done{0};
      parallel_for(100, [&](std::int64_t, int) { ++done; });
      EXPECT_EQ(done, 100);
    }
    // Every item, so that several workers throw at once.
    EXPECT_THROW(parallel_for(100, [](std::int64_t, int) { throw std::runtime_error("no"); }),
                 std::runtime_error);
  }
}

TEST_F(Parallel, ServesSeveralThreadsAtOnce) {
  set_worker_count(3);
  call_from_threads(4, 300, 17);
}

TEST_F(Parallel, ChangesItsThreadsWhileThreadsCall) {
  std::atomic<int> changes{0};
  const std::jthread changing([&](const std::stop_token& stop) {
    for (; !stop.stop_requested(); ++changes) set_worker_count(1 + changes % 5);
  });
  while (changes < 100) call_from_threads(3, 500, 9);
}

TEST_F(Parallel, ChangesItsThreadsBetweenCalls) {
  for (int round = 0; round < 100; ++round) {
    const int threads = 1 + round * 5 % 8;
    set_worker_count(threads);
    ASSERT_EQ(worker_count(), threads);
    Visits visits(23);
    parallel_for(23, [&](std::int64_t item, int worker) {
      visits.visit(item);
      EXPECT_TRUE(worker >= 0 && worker < threads) << worker;
    });
    ASSERT_TRUE(visits.once());
  }
}

/// Calls so short that workers sleep, wake and meet the next round while leaving the last.
TEST_F(Parallel, LosesNoItemInManyShortCalls) {
  for (const int threads : {2, 3}) {
    set_worker_count(threads);
    for (int call = 0; call < 300; ++call) {
      std::atomic<int> sum{0};
      parallel_for(3, [&](std::int64_t item, int) { sum += static_cast<int>(item) + 1; });
      ASSERT_EQ(sum, 6) << call;
    }
  }
}

/// Workers that have gone to sleep between calls come back.
TEST_F(Parallel, WakesWorkersThatSleep) {
  set_worker_count(3);
  for (int call = 0; call < 10; ++call) {
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
    std::atomic<int> arrived{0};
    parallel_for(3, [&](std::int64_t, int) {
      ++arrived;
      while (arrived < 3) std::this_thread::yield();
    });
    EXPECT_EQ(arrived, 3);
  }
}

TEST(SlowParallel, HoldsUnderStress) {
  for (int round = 0; round < 8; ++round) {
    set_worker_count(2 + round % 6);
    call_from_threads(4, 300, 11 + round);
  }
  set_worker_count(1);
}

}  // namespace
}  // namespace atelier::tensor
