// SPDX-License-Identifier: Apache-2.0
// What the server does itself: passphrases that nobody keeps, folders that stay, findings that are
// no failures.
#include <gmock/gmock.h>

#include "open_studio.hpp"

namespace atelier::studio {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

const std::string passphrase = "open-sesame-7531";

json whisper(const std::string& said = passphrase) {
  json request{{"command", "whisper"}};
  if (!said.empty()) request["passphrase"] = said;
  return request;
}

std::string text_of(OpenStudio& studio, const json& job) {
  const std::string digest = job["outputs"].at(0)["digest"];
  return studio.ask("GET", "/api/v1/files/" + digest + "/content").body;
}

/// Every byte of every file of a folder.
std::string all_of(const fs::path& folder) {
  std::string all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) all += read_file(entry.path(), 1u << 26);
  }
  return all;
}

TEST(Home, APassphraseReachesTheProcessAndNothingElse) {
  OpenStudio studio(1);
  const Answer made = studio.post("/api/v1/jobs", whisper());
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_THAT(made.body, Not(HasSubstr(passphrase)));
  const json job = studio.ended(made.json()["id"]);
  ASSERT_EQ(job["state"], "done") << job.dump(2);
  EXPECT_THAT(text_of(studio, job), HasSubstr(fmt::format("heard {},", passphrase.size())));
  EXPECT_THAT(job.dump(), Not(HasSubstr(passphrase)));
  const std::string log =
      studio.ask("GET", "/api/v1/jobs/" + job["id"].get<std::string>() + "/log").body;
  EXPECT_THAT(log, Not(HasSubstr(passphrase)));
  EXPECT_THAT(all_of(studio.folder()), Not(HasSubstr(passphrase)));
  EXPECT_FALSE(studio.studio().passphrases.take(job["id"]));
}

TEST(Home, APassphraseIsAskedForAndChecked) {
  OpenStudio studio(0);
  const auto refused = [&](const json& request) {
    const Answer answer = studio.post("/api/v1/jobs", request);
    EXPECT_EQ(answer.status, 400) << answer.body;
    EXPECT_EQ(answer.json()["name"], "passphrase");
    EXPECT_THAT(answer.body, Not(HasSubstr(passphrase)));
  };
  refused(whisper(""));
  refused(whisper("short"));
  refused(whisper(passphrase + "\nmore"));
  refused(whisper(std::string(2000, 'x')));
  json request = whisper();
  request["passphrase"] = json::array({passphrase});
  refused(request);
  request = act(1);
  request["passphrase"] = passphrase;
  refused(request);
}

TEST(Home, AJobWhosePassphraseIsGoneSaysSo) {
  auto folder = std::make_unique<TemporaryFolder>();
  std::string id;
  {
    OpenStudio studio(folder->path(), 0);
    id = studio.post("/api/v1/jobs", whisper()).json()["id"];
  }
  OpenStudio studio(folder->path(), 1);
  const json job = studio.ended(id);
  EXPECT_EQ(job["state"], "failed");
  EXPECT_THAT(job["error"]["detail"].get<std::string>(), HasSubstr("submit the job anew"));
}

TEST(Home, WhatIsCancelledLeavesNoPassphrase) {
  OpenStudio studio(0);
  const std::string id = studio.post("/api/v1/jobs", whisper()).json()["id"];
  EXPECT_EQ(studio.ask("POST", "/api/v1/jobs/" + id + "/cancel").status, 202);
  EXPECT_FALSE(studio.studio().passphrases.take(id));
}

TEST(Home, PassphrasesOfJobsThatEndedAreForgotten) {
  PassphraseBox box;
  for (const char* job : {"waits", "ended"})
    box.keep(provenance::Secret(std::string_view(passphrase)), [&] { return job; });
  box.forget_unless([](const std::string& job) { return job == "waits"; });
  EXPECT_TRUE(box.take("waits"));
  EXPECT_FALSE(box.take("ended"));
}

TEST(Home, AFolderIsKeptFromJobToJob) {
  OpenStudio studio(1);
  for (int count = 1; count <= 3; ++count) {
    const json job = studio.ended(studio.post("/api/v1/jobs", whisper()).json()["id"]);
    ASSERT_EQ(job["state"], "done") << job.dump(2);
    EXPECT_THAT(text_of(studio, job), HasSubstr(fmt::format("kept {}", count)));
  }
  EXPECT_TRUE(fs::exists(studio.folder() / "kept" / "lines"));
}

TEST(Home, AFindingIsAResult) {
  OpenStudio studio(1);
  const json job = studio.ended(studio.post("/api/v1/jobs", {{"command", "find"}}).json()["id"]);
  EXPECT_EQ(job["state"], "done") << job.dump(2);
  EXPECT_TRUE(job["report"].is_object());
}

TEST(Home, OthersLeaveItsJobsAlone) {
  OpenStudio studio(0);
  const std::string id = studio.post("/api/v1/jobs", whisper()).json()["id"];
  const std::string other = studio.post("/api/v1/jobs", act(1)).json()["id"];
  WorkerOptions other_worker;
  other_worker.data = studio.folder().string();
  const Crew crew(other_worker, studio.studio().commands, ATELIER_FAKE_PROGRAM, act_abilities());
  EXPECT_EQ(studio.ended(other)["state"], "done");
  EXPECT_EQ(studio.ask("GET", "/api/v1/jobs/" + id).json()["state"], "queued");
}

}  // namespace
}  // namespace atelier::studio
