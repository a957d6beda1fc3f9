// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace atelier::studio {

/// A connection that sends exactly what it is given, right or wrong.
class RawClient {
 public:
  explicit RawClient(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      ::close(socket_);
      throw std::runtime_error("no connection");
    }
  }
  ~RawClient() { ::close(socket_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  /// What comes next; empty: the end, or nothing came in time.
  std::string receive(int milliseconds = 5000) {
    pollfd wait{socket_, POLLIN, 0};
    if (::poll(&wait, 1, milliseconds) <= 0) return "";
    std::string bytes(65536, '\0');
    const ssize_t count = ::recv(socket_, bytes.data(), bytes.size(), 0);
    bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return bytes;
  }

  /// Whether the other side has ended the connection.
  bool ended(int milliseconds) {
    pollfd wait{socket_, POLLIN, 0};
    if (::poll(&wait, 1, milliseconds) <= 0) return false;
    char byte = 0;
    return ::recv(socket_, &byte, 1, MSG_PEEK) <= 0;
  }

 private:
  int socket_;
};

struct Answer {
  int status = 0;
  std::map<std::string, std::string> fields;  ///< names in lower case
  std::string body;

  [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(body); }
  [[nodiscard]] std::string field(const std::string& name) const {
    const auto found = fields.find(name);
    return found == fields.end() ? "" : found->second;
  }
};

/// Reads one whole answer (with Content-Length, or to the end of the connection).
inline Answer read_answer(RawClient& client, bool head = false) {
  std::string text;
  std::size_t end = 0;
  while ((end = text.find("\r\n\r\n")) == text.npos) {
    const std::string piece = client.receive(10'000);
    if (piece.empty()) return {};
    text += piece;
  }
  Answer answer;
  answer.status = std::stoi(text.substr(9, 3));
  for (std::size_t at = text.find("\r\n") + 2; at < end;) {
    const std::size_t line = std::min(text.find("\r\n", at), end);
    const std::size_t colon = text.find(':', at);
    std::string name = text.substr(at, colon - at);
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    answer.fields[name] = text.substr(colon + 2, line - colon - 2);
    at = line + 2;
  }
  answer.body = text.substr(end + 4);
  const std::string length = answer.field("content-length");
  if (head || (length.empty() && (answer.status == 204 || answer.status == 304))) return answer;
  while (length.empty() || answer.body.size() < std::stoul(length)) {
    const std::string piece = client.receive(10'000);
    if (piece.empty()) break;
    answer.body += piece;
  }
  return answer;
}

}  // namespace atelier::studio
