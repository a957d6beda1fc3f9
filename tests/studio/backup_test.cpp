// SPDX-License-Identifier: Apache-2.0
// A studio that goes on while it is backed up, and what is made of the archive.
#include "studio/backup/backup.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <set>

#include "atelier/base/digest.hpp"
#include "fake_s3.hpp"
#include "open_studio.hpp"
#include "studio/backup/tar.hpp"

namespace atelier::studio {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;

/// Every file's digest by its place, and whether it is the digest of what lies there.
std::set<std::string> digests_in(const fs::path& data) {
  std::set<std::string> digests;
  for (const auto& entry : fs::recursive_directory_iterator(data / "files")) {
    if (!entry.is_regular_file()) continue;
    EXPECT_EQ(sha256_file(entry.path()), entry.path().filename());
    digests.insert(entry.path().filename());
  }
  return digests;
}

std::string refusal(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return "it was done";
}

/// An archive's entries; changed by `change` it is written anew.
void rewrite(const fs::path& archive,
             const std::function<void(std::map<std::string, std::string>&)>& change) {
  std::map<std::string, std::string> entries;
  TarReader reader(archive);
  while (const auto name = reader.next()) entries[*name] = reader.text(1u << 26);
  const std::string list = entries["list.json"];
  entries.erase("list.json");
  change(entries);
  TarWriter writer(archive);
  for (const auto& [name, text] : entries) writer.add_text(name, text);
  writer.add_text("list.json", list);
  writer.close();
}

TEST(Backup, UnderLoadHoldsOneMomentAndComesBackWhole) {
  const TemporaryFolder folder;
  const fs::path archive = folder.path() / "backup.tar", data = folder.path() / "new";
  std::string token, uploaded;
  {
    OpenStudio studio(2);
    token = studio.token();
    uploaded = studio.upload("kept for good");
    const json whispered =
        studio.ended(studio.post("/api/v1/jobs", {{"command", "find"}}).json()["id"]);
    ASSERT_EQ(whispered["state"], "done") << whispered.dump(2);
    // Jobs come, run and go, files are deleted, until the backup is done.
    std::atomic<int> submitted = 0;
    std::jthread load([&](const std::stop_token& stop) {
      for (std::uint64_t seed = 100; !stop.stop_requested(); ++seed) {
        const Answer made = studio.post("/api/v1/jobs", act(seed, {{"steps", 2}, {"pause", 5}}));
        const std::string gone = studio.upload(fmt::format("soon gone {}", seed));
        studio.ask("DELETE", "/api/v1/files/" + gone);
        ++submitted;
      }
    });
    while (submitted < 5) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    const BackupCounts counts = back_up(studio.folder(), archive, act_commands());
    load.request_stop();
    load.join();
    EXPECT_GE(counts.jobs, 5);
    EXPECT_TRUE(fs::is_empty(studio.folder() / "backup"));
  }
  struct stat info {};
  ASSERT_EQ(::stat(archive.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);

  const BackupCounts restored = restore(archive, data);
  const std::set<std::string> digests = digests_in(data);
  EXPECT_EQ(static_cast<std::int64_t>(digests.size()), restored.files);
  EXPECT_TRUE(digests.contains(uploaded));
  EXPECT_TRUE(fs::exists(data / "kept" / "lines"));

  OpenStudio studio(data, 2);
  EXPECT_EQ(studio.token(), token);
  const json jobs = studio.ask("GET", "/api/v1/jobs?limit=200").json()["jobs"];
  EXPECT_EQ(static_cast<std::int64_t>(jobs.size()), restored.jobs);
  // No half job: each has its files, or none yet and is done now.
  for (const json& one : jobs) {
    const json job = studio.ended(one["id"]);
    EXPECT_EQ(job["state"], "done") << job.dump(2);
    if (job["command"] != "act") continue;
    ASSERT_EQ(job["outputs"].size(), 1u);
    const std::string digest = job["outputs"][0]["digest"];
    EXPECT_EQ(studio.ask("GET", "/api/v1/files/" + digest + "/content").body,
              fmt::format("seed {}\n", job["request"]["options"]["seed"].get<int>()));
  }
}

TEST(Backup, RefusesWhatIsNoWholeBackup) {
  const TemporaryFolder folder;
  const fs::path archive = folder.path() / "backup.tar", data = folder.path() / "new";
  std::string digest;
  {
    OpenStudio studio(0);
    digest = studio.upload("a file of some length");
    back_up(studio.folder(), archive, act_commands());
  }
  const auto refused = [&](const std::function<void(std::map<std::string, std::string>&)>& change) {
    const fs::path changed = folder.path() / "changed.tar";
    fs::copy_file(archive, changed, fs::copy_options::overwrite_existing);
    rewrite(changed, change);
    const std::string why = refusal([&] { restore(changed, data); });
    EXPECT_FALSE(fs::exists(data));
    return why;
  };
  const std::string file = "files/" + digest;
  EXPECT_THAT(refused([&](auto& entries) { entries[file][3] = '!'; }), HasSubstr("is damaged"));
  EXPECT_THAT(refused([&](auto& entries) { entries.erase(file); }), HasSubstr("is missing"));
  EXPECT_THAT(refused([&](auto& entries) { entries["token"] = "another"; }),
              HasSubstr("not what its list says"));
  EXPECT_THAT(refused([&](auto& entries) { entries.erase("studio.sqlite"); }),
              HasSubstr("not what its list says"));
  for (const char* name : {"../outside", "/etc/passwd", "kept/../../outside", "files/short",
                           "kept/./x", "studio.sqlite-wal"}) {
    EXPECT_THAT(refused([&](auto& entries) { entries[name] = "x"; }), HasSubstr("it holds"))
        << name;
  }
  EXPECT_FALSE(fs::exists(folder.path() / "outside"));
  fs::resize_file(archive, fs::file_size(archive) / 2);
  EXPECT_THAT(refusal([&] { restore(archive, data); }), HasSubstr("copy it anew"));
  std::ofstream(archive) << "no archive";
  EXPECT_THAT(refusal([&] { restore(archive, data); }), HasSubstr("copy it anew"));
}

/// A store of objects that the environment leads to.
class BackupOfObjects : public testing::Test {
 protected:
  BackupOfObjects() {
    ::setenv("AWS_ACCESS_KEY_ID", keys_.access.c_str(), 1);
    ::setenv("AWS_SECRET_ACCESS_KEY", keys_.secret.c_str(), 1);
    ::setenv("AWS_REGION", keys_.region.c_str(), 1);
    ::setenv("AWS_ENDPOINT_URL", store_.endpoint().c_str(), 1);
    fs::create_directory(data_);
  }
  /// Names of files in the store below a prefix.
  std::set<std::string> objects(const std::string& prefix) {
    std::set<std::string> names;
    for (const auto& [key, content] : store_.objects()) {
      if (!key.starts_with(prefix + "/files/")) continue;
      names.insert(key.substr(key.rfind('/') + 1));
      EXPECT_EQ(sha256(std::as_bytes(std::span(content))), key.substr(key.rfind('/') + 1));
    }
    return names;
  }
  /// A studio with an upload and a result; what they hold by digest.
  std::map<std::string, std::string> fill() {
    OpenStudio studio(Place(data_, "", house_), 1);
    const json job = studio.ended(studio.post("/api/v1/jobs", act(7)).json()["id"]);
    EXPECT_EQ(job["state"], "done") << job.dump(2);
    return {{studio.upload("an upload\n"), "an upload\n"},
            {job["outputs"][0]["digest"], "seed 7\n"}};
  }
  static void expect_all(const Place& place, const std::map<std::string, std::string>& files) {
    OpenStudio studio(place, 0);
    for (const auto& [digest, content] : files)
      EXPECT_EQ(studio.ask("GET", "/api/v1/files/" + digest + "/content").body, content);
    EXPECT_EQ(studio.ask("GET", "/api/v1/jobs").json()["jobs"].size(), 1u);
  }

  TemporaryFolder folder_;
  fs::path data_ = folder_.path() / "one", archive_ = folder_.path() / "backup.tar";
  std::string house_ = "s3://studio-files/house";
  S3Keys keys_{"anna", "s3cret", "", "eu-1"};
  FakeS3 store_{"studio-files", keys_};
};

TEST_F(BackupOfObjects, BringsThemAndPutsThemElsewhere) {
  const auto files = fill();
  const std::set<std::string> digests = objects("house");
  EXPECT_EQ(digests.size(), 2u);
  fs::remove_all(data_ / "cache");  // so that the store alone has them
  EXPECT_THAT(refusal([&] { back_up(data_, archive_, act_commands()); }), HasSubstr("--files"));
  const BackupCounts counts = back_up(Place(data_, "", house_), archive_, act_commands());
  EXPECT_EQ(counts.files, 2);
  EXPECT_TRUE(fs::is_empty(data_ / "backup"));
  EXPECT_TRUE(fs::is_empty(data_ / "cache" / "files"));

  const fs::path here = folder_.path() / "here", far = folder_.path() / "far",
                 shelf = folder_.path() / "shelf", beside = folder_.path() / "beside";
  EXPECT_EQ(restore(archive_, here).files, 2);
  EXPECT_EQ(digests_in(here), digests);
  expect_all(here, files);
  EXPECT_EQ(restore(archive_, far, "s3://studio-files/other").bytes, counts.bytes);
  EXPECT_EQ(objects("other"), digests);
  EXPECT_FALSE(fs::exists(far / "files"));
  expect_all(Place(far, "", "s3://studio-files/other"), files);
  EXPECT_EQ(restore(archive_, beside, shelf.string()).files, 2);
  EXPECT_EQ(digests_in(shelf), digests);
  EXPECT_FALSE(fs::exists(beside / "files"));
  expect_all(Place(beside, "", shelf.string()), files);
}

TEST_F(BackupOfObjects, LeavesNothingBehindWhenItFails) {
  const auto files = fill();
  const Place place(data_, "", house_);
  back_up(place, archive_, act_commands());
  const fs::path data = folder_.path() / "new";
  // What was there before stays; what was put there goes again.
  const std::string kept = files.begin()->first;
  const std::string key = "other/files/" + kept.substr(0, 2) + "/" + kept;
  store_.change(key, files.begin()->second);
  store_.refuse_puts(true);
  EXPECT_THAT(refusal([&] { restore(archive_, data, "s3://studio-files/other"); }),
              HasSubstr("does not let us in"));
  store_.refuse_puts(false);
  EXPECT_EQ(objects("other"), std::set<std::string>{kept});
  EXPECT_FALSE(fs::exists(data));
  fs::resize_file(archive_, fs::file_size(archive_) / 2);
  EXPECT_THAT(refusal([&] { restore(archive_, data, "s3://studio-files/third"); }),
              HasSubstr("copy it anew"));
  EXPECT_TRUE(objects("third").empty());
  // An object that is another is no part of a backup, nor is one that is gone.
  fs::remove_all(data_ / "cache");
  const std::string first = "house/files/" + kept.substr(0, 2) + "/" + kept;
  store_.change(first, "another");
  EXPECT_THAT(refusal([&] { back_up(place, archive_, act_commands()); }),
              HasSubstr("came damaged"));
  store_.forget(first);
  EXPECT_THAT(refusal([&] { back_up(place, archive_, act_commands()); }), HasSubstr("is missing"));
}

TEST(Backup, SaysWhatItNeeds) {
  const TemporaryFolder folder;
  const fs::path archive = folder.path() / "backup.tar";
  EXPECT_THAT(refusal([&] { back_up(folder.path(), archive); }), HasSubstr("holds no studio"));
  OpenStudio studio(0);
  const std::string digest = studio.upload("a file");
  back_up(studio.folder(), archive, act_commands());
  EXPECT_THAT(refusal([&] { restore(archive, studio.folder()); }),
              HasSubstr("holds something already"));
  fs::create_directory(folder.path() / "empty");
  EXPECT_EQ(restore(archive, folder.path() / "empty").files, 1);
  fs::remove(studio.studio().store.path(digest));
  EXPECT_THAT(refusal([&] { back_up(studio.folder(), archive, act_commands()); }),
              HasSubstr("is missing"));
}

}  // namespace
}  // namespace atelier::studio
