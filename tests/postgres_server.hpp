// SPDX-License-Identifier: Apache-2.0
// A PostgreSQL server of a test's own.
#pragma once

#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "atelier/base/temporary_folder.hpp"

namespace atelier {

/// A PostgreSQL server in a temporary folder, on a Unix socket there and on a port of loopback; it
/// ends with the test and, at the latest, with the process. Its data are not flushed, so it is for
/// tests alone. As root it runs as another user, since PostgreSQL refuses root.
///
/// `owner` may do everything, without a password through the socket and with `password` over TCP.
class PostgresTestServer {
 public:
  static constexpr const char* owner = "owner";
  static constexpr const char* password = "right-password";

  /// Where PostgreSQL's programs lie; empty: there is no server on this machine, and
  /// GTEST_SKIP() << PostgresTestServer::missing.
  static std::filesystem::path programs() {
    std::filesystem::path newest;
    int version = 0;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/postgresql", none)) {
      const int its = std::atoi(entry.path().filename().c_str());
      if (its <= version || !std::filesystem::exists(entry.path() / "bin" / "initdb")) continue;
      version = its;
      newest = entry.path() / "bin";
    }
    return newest;
  }
  static constexpr const char* missing = "no PostgreSQL server is installed (Debian: postgresql)";

  /// The one server of this process, made when it is first asked for.
  static PostgresTestServer& shared() {
    static PostgresTestServer server;
    return server;
  }

  PostgresTestServer() {
    if (::geteuid() == 0) {
      const passwd* other = ::getpwnam("postgres");
      if (other == nullptr) other = ::getpwnam("nobody");
      if (other == nullptr) throw std::runtime_error("there is no user that may run PostgreSQL");
      user_ = other->pw_uid;
      group_ = other->pw_gid;
      give(folder_.path());
    }
    const std::string secret = (folder_.path() / "secret").string();
    std::ofstream(secret) << password << "\n";
    if (user_ != 0) give(secret);
    const int status =
        wait(start({(programs() / "initdb").string(), "-D", data(), "-U", owner,
                    "--pwfile=" + secret, "--auth-local=trust", "--auth-host=scram-sha-256",
                    "--encoding=UTF8", "--locale=C", "--no-sync"}));
    if (status != 0) throw std::runtime_error("initdb failed: " + log());
    begin();
  }
  ~PostgresTestServer() { stop(SIGQUIT); }
  PostgresTestServer(const PostgresTestServer&) = delete;
  PostgresTestServer& operator=(const PostgresTestServer&) = delete;

  /// A URL through the socket, which needs no password.
  [[nodiscard]] std::string url(const std::string& database = "postgres") const {
    return fmt::format("postgresql://{}@/{}?host={}&port={}", owner, database,
                       folder_.path().string(), port_);
  }
  /// A URL over TCP.
  [[nodiscard]] std::string tcp_url(const std::string& database = "postgres",
                                    const std::string& secret = password) const {
    return fmt::format("postgresql://{}:{}@127.0.0.1:{}/{}", owner, secret, port_, database);
  }
  [[nodiscard]] int port() const { return port_; }

  /// The URL of a new, empty database.
  std::string new_database() {
    static std::atomic<int> count = 0;
    const std::string name = fmt::format("test_{}", ++count);
    sql("CREATE DATABASE " + name);
    return url(name);
  }

  /// Runs SQL by psql, as the owner; throws where it fails.
  void sql(const std::string& text, const std::string& database = "postgres") const {
    const int status = wait(start({(programs() / "psql").string(), "-X", "-q", "-v",
                                   "ON_ERROR_STOP=1", "-d", url(database), "-c", text}));
    if (status != 0) throw std::runtime_error("psql failed: " + log());
  }

  /// Ends it at once, as a crash does (SIGQUIT), or in order (SIGINT).
  void stop(int signal) {
    if (process_ <= 0) return;
    ::kill(process_, signal);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
  }
  /// Starts it, at the same port when it had one.
  void begin() {
    for (int attempt = 0; attempt < 20; ++attempt) {
      // A port that somebody else takes meanwhile is found out by the server, and then another one
      // is tried.
      if (attempt > 0 || port_ == 0) port_ = 20'000 + (::getpid() * 7 + attempt * 997) % 12'000;
      process_ = start({(programs() / "postgres").string(), "-D", data(), "-k",
                        folder_.path().string(), "-p", std::to_string(port_), "-c",
                        "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=60",
                        "-c", "shared_buffers=16MB", "-c", "unix_socket_permissions=0777"});
      if (answers()) return;
      stop(SIGQUIT);
    }
    throw std::runtime_error("PostgreSQL does not start: " + log());
  }

 private:
  [[nodiscard]] std::string data() const { return (folder_.path() / "data").string(); }
  [[nodiscard]] std::string log() const {
    std::ifstream file(folder_.path() / "log");
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void give(const std::filesystem::path& path) const {
    if (::chown(path.c_str(), user_, group_) != 0) throw std::runtime_error("chown failed");
  }

  [[nodiscard]] pid_t start(std::vector<std::string> words) const {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const std::string file = (folder_.path() / "log").string();
    const pid_t parent = ::getpid();
    const pid_t process = ::fork();
    if (process != 0) return process;
    if (user_ != 0 &&
        (::setgroups(0, nullptr) != 0 || ::setgid(group_) != 0 || ::setuid(user_) != 0)) {
      ::_exit(127);
    }
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    if (::getppid() != parent || ::chdir("/") != 0) ::_exit(127);
    ::setenv("LC_ALL", "C", 1);
    if (std::freopen(file.c_str(), "a", stdout) == nullptr ||
        ::dup2(STDOUT_FILENO, STDERR_FILENO) < 0) {
      ::_exit(127);
    }
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
  [[nodiscard]] static int wait(pid_t process) {
    int status = 0;
    ::waitpid(process, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  }

  /// The last line of postmaster.pid says when it takes connections.
  [[nodiscard]] bool answers() {
    for (int i = 0; i < 3000; ++i) {
      std::ifstream file(data() + "/postmaster.pid");
      const std::string text{std::istreambuf_iterator<char>(file), {}};
      if (text.find("\nready") != text.npos) return true;
      if (::waitpid(process_, nullptr, WNOHANG) == process_) {
        process_ = -1;
        return false;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }

  TemporaryFolder folder_;
  uid_t user_ = 0;
  gid_t group_ = 0;
  int port_ = 0;
  pid_t process_ = -1;
};

}  // namespace atelier
