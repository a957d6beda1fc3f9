// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <thread>

#include "act_command.hpp"
#include "atelier/base/atomic_file.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "raw_client.hpp"
#include "studio/api/application.hpp"
#include "studio/api/hub.hpp"
#include "studio/worker/crew.hpp"

namespace atelier::studio {

/// A studio that is served on loopback in this process, with the stand-in for the program.
class OpenStudio {
 public:
  /// `workers`: jobs at once; 0: none are done.
  explicit OpenStudio(int workers = 1, http::ServerOptions reach = {}, ServeOptions options = {})
      : OpenStudio(std::make_unique<TemporaryFolder>(), {}, workers, std::move(reach),
                   std::move(options)) {}

  /// In a place that stays.
  OpenStudio(const Place& place, int workers)
      : OpenStudio(nullptr, place.data, workers, {}, shared(place)) {}

  [[nodiscard]] int port() const { return server_.port(); }
  [[nodiscard]] std::string host() const { return fmt::format("127.0.0.1:{}", port()); }
  [[nodiscard]] std::string origin() const { return "http://" + host(); }
  [[nodiscard]] std::string token() const { return read_file(data_ / "token", 100).substr(0, 64); }
  [[nodiscard]] const std::filesystem::path& folder() const { return data_; }
  Studio& studio() { return studio_; }

  /// A request's text; `fields` may replace Host and Authorization ("" leaves one out).
  [[nodiscard]] std::string request(const std::string& method, const std::string& target,
                                    std::map<std::string, std::string> fields = {},
                                    const std::string& body = {}) const {
    fields.try_emplace("Host", host());
    fields.try_emplace("Authorization", "Bearer " + token());
    if (!body.empty()) {
      fields.try_emplace("Content-Length", std::to_string(body.size()));
      fields.try_emplace("Content-Type", "application/json");
    }
    std::string text = method + " " + target + " HTTP/1.1\r\n";
    for (const auto& [name, value] : fields) {
      if (!value.empty()) text += name + ": " + value + "\r\n";
    }
    return text + "\r\n" + body;
  }

  Answer ask(const std::string& method, const std::string& target,
             const std::map<std::string, std::string>& fields = {}, const std::string& body = {}) {
    RawClient client(port());
    client.send(request(method, target, fields, body));
    return read_answer(client, method == "HEAD");
  }

  Answer post(const std::string& target, const nlohmann::json& body) {
    return ask("POST", target, {}, body.dump());
  }

  std::string upload(const std::string& content) {
    return ask("POST", "/api/v1/files?name=a.txt", {}, content).json()["digest"];
  }

  /// The job, once it has ended or `milliseconds` are over.
  nlohmann::json ended(const std::string& id, int milliseconds = 20'000) {
    const auto deadline =
        std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
    for (;;) {
      const nlohmann::json job = ask("GET", "/api/v1/jobs/" + id).json();
      const std::string state = job["state"];
      if ((state != "queued" && state != "running") || std::chrono::steady_clock::now() > deadline)
        return job;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }

 private:
  OpenStudio(std::unique_ptr<TemporaryFolder> folder, std::filesystem::path data, int workers,
             http::ServerOptions reach, ServeOptions options)
      : folder_(std::move(folder)),
        data_(folder_ ? folder_->path() : std::move(data)),
        studio_(in_folder(std::move(options), data_), commands_, ATELIER_FAKE_PROGRAM),
        application_(studio_, all_routes()),
        server_(std::move(reach), application_),
        hub_(place_of(studio_.options),
             [this](std::vector<http::Event> events) { server_.publish(std::move(events)); }) {
    studio_.origins = {origin(), fmt::format("http://localhost:{}", port())};
    studio_.cookie = "atelier";
    studio_.counts = [this] { return server_.counts(); };
    server_.start();
    if (workers > 0) {
      WorkerOptions own{.data = data_.string(),
                        .database = studio_.options.database,
                        .files = studio_.options.files,
                        .cache_limit = 1,
                        .jobs = workers,
                        .device = "auto",
                        .threads = 0,
                        .job_memory = 0,
                        .job_time = 0};
      crew_.emplace(own, commands_, ATELIER_FAKE_PROGRAM, act_abilities());
      own.jobs = 1;
      home_.emplace(own, commands_, ATELIER_FAKE_PROGRAM,
                    abilities_at_home(commands_, 1, studio_.accounts.server()),
                    &studio_.passphrases);
    }
  }

  static ServeOptions shared(const Place& place) {
    ServeOptions options;
    options.database = place.database;
    options.files = place.files;
    return options;
  }
  static ServeOptions in_folder(ServeOptions options, const std::filesystem::path& data) {
    options.data = data.string();
    return options;
  }

  std::unique_ptr<TemporaryFolder> folder_;
  std::filesystem::path data_;
  std::vector<Command> commands_ = act_commands();
  Studio studio_;
  StudioApplication application_;
  http::Server server_;
  Hub hub_;
  std::optional<Crew> crew_, home_;
};

}  // namespace atelier::studio
