// SPDX-License-Identifier: Apache-2.0
#include "tensor/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <cfenv>
#include <exception>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace atelier::tensor {
namespace {

/// Looks at a value this often before sleeping: longer than a kernel's phases lie apart, shorter
/// than anything another program would miss.
constexpr int looks = 4000;

void rest() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

/// Workers that sleep until a job is there. One job at a time.
class Pool {
 public:
  static Pool& instance() {
    static Pool pool;
    return pool;
  }

  ~Pool() { resize(1); }

  [[nodiscard]] int workers() const { return workers_.load(std::memory_order_relaxed); }

  void resize(int threads) {
    const std::lock_guard lock(one_job_);
    if (threads == workers_) return;
    leave_ = true;
    next_round();
    threads_.clear();  // joins
    leave_ = false;
    workers_ = threads;
    for (int worker = 1; worker < threads; ++worker) {
      threads_.emplace_back([this, worker, round = round_.load()] { serve(worker, round); });
    }
  }

  void run(std::int64_t count, const ParallelBody& body) {
    std::unique_lock lock(one_job_, std::defer_lock);
    if (count <= 1 || workers_ == 1 || inside_ || !lock.try_lock()) {
      for (std::int64_t item = 0; item < count; ++item) body(item, 0);
      return;
    }
    body_ = &body;
    count_ = count;
    std::fegetenv(&callers_mode_);
    next_item_ = 0;
    busy_ = static_cast<int>(threads_.size());
    next_round();
    take_items(0);
    wait_for_workers();
    if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
  }

 private:
  void next_round() {
    round_.fetch_add(1, std::memory_order_release);
    round_.notify_all();
  }

  void serve(int worker, std::uint32_t seen) {
    for (;;) {
      for (int look = 0; look < looks && round_.load(std::memory_order_acquire) == seen; ++look) {
        rest();
      }
      round_.wait(seen, std::memory_order_acquire);
      seen = round_.load(std::memory_order_acquire);
      if (leave_) return;
      std::fesetenv(&callers_mode_);
      take_items(worker);
      if (busy_.fetch_sub(1, std::memory_order_acq_rel) == 1) busy_.notify_one();
    }
  }

  void take_items(int worker) {
    inside_ = true;
    try {
      for (std::int64_t item = next_item_.fetch_add(1); item < count_;
           item = next_item_.fetch_add(1)) {
        (*body_)(item, worker);
      }
    } catch (...) {
      next_item_ = count_;
      const std::lock_guard lock(error_mutex_);
      if (!error_) error_ = std::current_exception();
    }
    inside_ = false;
  }

  void wait_for_workers() {
    for (int look = 0; look < looks && busy_.load(std::memory_order_acquire) != 0; ++look) rest();
    for (int busy = busy_.load(std::memory_order_acquire); busy != 0;
         busy = busy_.load(std::memory_order_acquire)) {
      busy_.wait(busy, std::memory_order_acquire);
    }
  }

  static thread_local bool inside_;

  std::mutex one_job_;
  std::atomic<int> workers_{1};
  std::vector<std::jthread> threads_;
  std::atomic<std::uint32_t> round_{0};
  std::atomic<bool> leave_{false};
  const ParallelBody* body_ = nullptr;
  std::int64_t count_ = 0;
  std::fenv_t callers_mode_{};
  std::atomic<std::int64_t> next_item_{0};
  std::atomic<int> busy_{0};
  std::mutex error_mutex_;
  std::exception_ptr error_;  // the first that a body threw
};

thread_local bool Pool::inside_ = false;

}  // namespace

void parallel_for(std::int64_t count, const ParallelBody& body) {
  Pool::instance().run(count, body);
}

int worker_count() {
  return Pool::instance().workers();
}

void set_worker_count(int threads) {
  Pool::instance().resize(std::max(1, threads));
}

}  // namespace atelier::tensor
