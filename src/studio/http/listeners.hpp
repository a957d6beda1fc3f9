// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "studio/http/message.hpp"
#include "studio/http/transport.hpp"

namespace atelier::studio::http {

/// One event stream's events that were not sent yet: of each job the newest alone, so that a slow
/// reader costs no more memory than there are jobs. Used from the connections' thread.
class Listener {
 public:
  /// `stream` must outlive it.
  Listener(const boost::asio::any_io_executor& executor, const EventStream& stream)
      : stream_(stream), wake_(executor) {}

  void hear(const Event& event);
  /// Told what is sent first, so that nothing older follows.
  void has_sent(const Event& event);
  /// Waits for something to send, until the deadline.
  boost::asio::awaitable<void> wait(Deadline deadline);
  /// What waits, oldest first; it waits no longer.
  [[nodiscard]] std::vector<Event> take();
  void end();
  [[nodiscard]] bool ended() const noexcept { return ended_; }

 private:
  const EventStream& stream_;
  boost::asio::steady_timer wake_;
  std::map<std::string, Event> waiting_;
  std::map<std::string, std::int64_t> sent_;
  bool ended_ = false;
};

/// Everybody who listens.
class Listeners {
 public:
  void add(Listener& listener) { all_.insert(&listener); }
  void remove(Listener& listener) { all_.erase(&listener); }
  void tell(const std::vector<Event>& events);
  void end();
  [[nodiscard]] std::size_t count() const noexcept { return all_.size(); }

 private:
  std::set<Listener*> all_;
};

}  // namespace atelier::studio::http
