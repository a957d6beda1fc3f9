// SPDX-License-Identifier: Apache-2.0
// Several processes that meet as torchrun's do.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "atelier/base/error.hpp"

namespace atelier::train {

/// A port that is free now.
inline int free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof(address);
  auto* any = reinterpret_cast<sockaddr*>(&address);
  EXPECT_EQ(::bind(socket, any, length), 0);
  EXPECT_EQ(::getsockname(socket, any, &length), 0);
  ::close(socket);
  return ntohs(address.sin_port);
}

inline void set(const char* name, const std::string& value) {
  ::setenv(name, value.c_str(), 1);
}

/// Runs `body` in `size` processes as torchrun starts them; returns their exit codes.
template <class Body>
std::vector<int> in_processes(int size, const Body& body) {
  const int port = free_port();
  std::vector<pid_t> children;
  for (int rank = 0; rank < size; ++rank) {
    const pid_t child = ::fork();
    if (child == 0) {
      set("RANK", std::to_string(rank));
      set("WORLD_SIZE", std::to_string(size));
      set("MASTER_ADDR", "127.0.0.1");
      set("MASTER_PORT", std::to_string(port));
      int code = 1;
      try {
        code = body();
      } catch (const Error& error) {
        if (error.kind() == ErrorKind::missing_capability) code = 77;
      } catch (...) {
      }
      ::_exit(code);
    }
    children.push_back(child);
  }
  std::vector<int> codes;
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    codes.push_back(WIFEXITED(status) ? WEXITSTATUS(status) : -1);
  }
  return codes;
}

}  // namespace atelier::train
