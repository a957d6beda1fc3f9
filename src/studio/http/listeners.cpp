// SPDX-License-Identifier: Apache-2.0
#include "studio/http/listeners.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace atelier::studio::http {

namespace asio = boost::asio;

void Listener::hear(const Event& event) {
  if (!stream_.sees(event)) return;
  const auto sent = sent_.find(event.about);
  if (sent != sent_.end() && event.version <= sent->second) return;
  waiting_[event.about] = event;
  wake_.cancel();
}

void Listener::has_sent(const Event& event) {
  // Of what has ended nothing older can come.
  if (event.last) {
    sent_.erase(event.about);
  } else {
    sent_[event.about] = event.version;
  }
  const auto waits = waiting_.find(event.about);
  if (waits != waiting_.end() && waits->second.version <= event.version) waiting_.erase(waits);
}

asio::awaitable<void> Listener::wait(Deadline deadline) {
  if (ended_ || !waiting_.empty()) co_return;
  wake_.expires_at(deadline);
  boost::system::error_code ignored;
  co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

std::vector<Event> Listener::take() {
  std::vector<Event> events;
  events.reserve(waiting_.size());
  for (auto& [about, event] : waiting_) events.push_back(std::move(event));
  waiting_.clear();
  std::sort(events.begin(), events.end(),
            [](const Event& a, const Event& b) { return a.version < b.version; });
  return events;
}

void Listener::end() {
  ended_ = true;
  wake_.cancel();
}

void Listeners::tell(const std::vector<Event>& events) {
  for (Listener* listener : all_) {
    for (const Event& event : events) listener->hear(event);
  }
}

void Listeners::end() {
  for (Listener* listener : all_) listener->end();
}

}  // namespace atelier::studio::http
