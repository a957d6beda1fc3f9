// SPDX-License-Identifier: Apache-2.0
#include "submitter.hpp"

#include <fmt/format.h>

#include <chrono>

#include "act_command.hpp"
#include "atelier/base/atomic_file.hpp"
#include "raw_client.hpp"

namespace atelier::studio {

Submitter::Submitter(const Place& place, int jobs, int port) : port_(port) {
  const std::string token = read_file(place.data / "token", 100).substr(0, 64);
  thread_ = std::jthread([this, jobs, token] { submit(jobs, token); });
}

std::map<std::string, std::uint64_t> Submitter::end() {
  thread_.join();
  return seeds_;
}

void Submitter::submit(int jobs, const std::string& token) {
  while (count_ < jobs) {
    const auto seed = static_cast<std::uint64_t>(count_);
    const std::string body = act(seed, {{"pause", 5}, {"steps", 4}}).dump();
    ++requests_;
    Answer answer;
    try {
      RawClient client(port_);
      client.send(
          fmt::format("POST /api/v1/jobs HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Bearer "
                      "{}\r\nIdempotency-Key: job-{}\r\nContent-Type: application/json\r\n"
                      "Content-Length: {}\r\nConnection: close\r\n\r\n{}",
                      port_.load(), token, seed, body.size(), body));
      answer = read_answer(client);
    } catch (const std::exception&) {
      answer = {};  // nobody is there just now
    }
    if (answer.status == 200 || answer.status == 201) {
      seeds_[answer.json()["id"]] = seed;
      ++count_;
    } else {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
}

}  // namespace atelier::studio
