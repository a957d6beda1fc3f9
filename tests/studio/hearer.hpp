// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace atelier::studio {

/// Hears one request after the other on loopback, and gives each the answer that is due; "" leaves
/// it without any until the end.
class Hearer {
 public:
  explicit Hearer(std::vector<std::string> answers) : answers_(std::move(answers)) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket_, any, length) != 0 || ::listen(socket_, 16) != 0 ||
        ::getsockname(socket_, any, &length) != 0)
      std::abort();
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this] { hear(); });
  }
  ~Hearer() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    for (const int client : hanging_) ::close(client);
    ::close(socket_);
  }
  Hearer(const Hearer&) = delete;
  Hearer& operator=(const Hearer&) = delete;

  [[nodiscard]] std::string host() const { return fmt::format("127.0.0.1:{}", port_); }
  [[nodiscard]] std::string url() const { return fmt::format("http://{}/painted?by=us", host()); }
  [[nodiscard]] std::vector<std::string> heard() {
    const std::scoped_lock lock(mutex_);
    return heard_;
  }

 private:
  void hear() {
    for (;;) {
      const int client = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
      if (client < 0) return;
      std::string text;
      char bytes[4096];
      for (ssize_t count; !whole(text) && (count = ::read(client, bytes, sizeof bytes)) > 0;)
        text.append(bytes, static_cast<std::size_t>(count));
      const std::scoped_lock lock(mutex_);
      heard_.push_back(text);
      const std::string answer = answers_[std::min(heard_.size(), answers_.size()) - 1];
      static_cast<void>(::write(client, answer.data(), answer.size()));
      if (answer.empty()) {
        hanging_.push_back(client);
      } else {
        ::close(client);
      }
    }
  }
  static bool whole(const std::string& text) {
    const std::size_t end = text.find("\r\n\r\n"), at = text.find("Content-Length: ");
    return end != text.npos &&
           (at == text.npos || text.size() >= end + 4 + std::stoul(text.substr(at + 16)));
  }

  std::vector<std::string> answers_, heard_;
  std::vector<int> hanging_;
  std::mutex mutex_;
  int socket_ = -1;
  int port_ = 0;
  std::jthread thread_;
};

}  // namespace atelier::studio
