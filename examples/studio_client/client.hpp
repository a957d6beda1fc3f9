// SPDX-License-Identifier: Apache-2.0
// A small client of Atelier's studio (docs/api.md): send files, submit a job, follow it, fetch what
// it made.
#pragma once

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace studio_client {

/// What the studio refused or what kept it from being asked: one sentence with the remedy.
class Refused : public std::runtime_error {
 public:
  Refused(int status, const std::string& what) : std::runtime_error(what), status_(status) {}
  /// Of HTTP; 0 where there was no answer.
  [[nodiscard]] int status() const noexcept { return status_; }

 private:
  int status_;
};

/// How long is waited for what did not come.
struct Patience {
  int attempts = 5;              ///< of a request that may be made again; of a stream without news
  int pause_milliseconds = 500;  ///< before the second attempt, longer before each further one
};

/// One studio and one token. Each request has a connection of its own, so that threads may share
/// it. Whatever cannot be done throws Refused.
class Client {
 public:
  /// `address`: "http://127.0.0.1:8080" or "https://studio.example.org". A token goes over plain
  /// HTTP only on this machine; elsewhere others could read it, and that is refused. `authorities`:
  /// a PEM file with the certificate to trust instead of the system's; empty: the system's.
  Client(std::string address, std::string token, std::string authorities = {},
         Patience patience = {});

  /// Sends a file; its digest, by which requests name it. The same file again costs a transfer and
  /// is kept once.
  [[nodiscard]] std::string upload(const std::filesystem::path& file) const;

  /// Submits a job, {"command": ..., "inputs": ..., "options": ...}; the job. `key`, 1..200
  /// printable characters, names this request: when the answer is lost it is sent again under the
  /// same key, and the studio makes one job of it, however often it comes within a day.
  [[nodiscard]] nlohmann::json submit(const nlohmann::json& request, const std::string& key) const;

  /// Hears of every change of a job until it has ended; the job then, with its report. A stream
  /// that breaks is taken up where it was.
  [[nodiscard]] nlohmann::json follow(
      const std::string& job, const std::function<void(const nlohmann::json&)>& on_change) const;

  /// Writes a file of the studio; `to` appears whole or not at all.
  void download(const std::string& digest, const std::filesystem::path& to) const;

  /// GET of a path below /api/v1.
  [[nodiscard]] nlohmann::json get(const std::string& path) const;

 private:
  struct Exchange;
  struct Answer;
  Answer ask(const Exchange& exchange) const;
  [[nodiscard]] nlohmann::json ask_for_json(const Exchange& exchange) const;

  std::string root_, token_, authorities_;
  Patience patience_;
};

/// A key that nobody else has.
[[nodiscard]] std::string new_key();

}  // namespace studio_client
