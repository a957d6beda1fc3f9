// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/atomic_file.hpp"
#include "atelier/base/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "error_matcher.hpp"

namespace atelier {
namespace {

constexpr std::uintmax_t limit = 1 << 20;

std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.push_back(entry.path().filename());
  }
  std::sort(names.begin(), names.end());
  return names;
}

mode_t mode_of(const std::filesystem::path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0;
}

class Umask {
 public:
  explicit Umask(mode_t mask) : before_(::umask(mask)) {}
  ~Umask() { ::umask(before_); }
  Umask(const Umask&) = delete;
  Umask& operator=(const Umask&) = delete;

 private:
  mode_t before_;
};

/// Root may read and write everything, so a test of permissions goes on as nobody for a while.
class NotRoot {
 public:
  explicit NotRoot(const std::filesystem::path& folder) : root_(::geteuid() == 0) {
    if (root_) ready_ = ::chown(folder.c_str(), nobody, nobody) == 0 && ::seteuid(nobody) == 0;
  }
  ~NotRoot() {
    if (root_ && ::seteuid(0) != 0) std::abort();
  }
  NotRoot(const NotRoot&) = delete;
  NotRoot& operator=(const NotRoot&) = delete;

  [[nodiscard]] bool ready() const noexcept { return ready_; }

 private:
  static constexpr uid_t nobody = 65534;
  bool root_;
  bool ready_ = true;
};

/// A disk of `kib` KiB of its own; only root may have one.
class SmallDisk {
 public:
  SmallDisk(const std::filesystem::path& folder, int kib) : folder_(folder) {
    const std::string options = "size=" + std::to_string(kib) + "k";
    mounted_ = ::mount("tmpfs", folder.c_str(), "tmpfs", 0, options.c_str()) == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  [[nodiscard]] bool mounted() const noexcept { return mounted_; }

 private:
  std::filesystem::path folder_;
  bool mounted_ = false;
};

class AtomicFileTest : public testing::Test {
 protected:
  TemporaryFolder folder_;
  std::filesystem::path target_ = folder_.path() / "picture.png";
};

TEST_F(AtomicFileTest, AppearsOnlyWhenCommitted) {
  AtomicFile file(target_);
  std::ofstream(file.path()) << "new";
  EXPECT_FALSE(std::filesystem::exists(target_));
  file.commit();
  EXPECT_EQ(read_file(target_, limit), "new");
  EXPECT_THAT(names_in(folder_.path()), testing::ElementsAre("picture.png"));
}

TEST_F(AtomicFileTest, LeavesTheOldFileUntilThen) {
  write_file(target_, "old");
  AtomicFile file(target_);
  std::ofstream(file.path()) << "new";
  EXPECT_EQ(read_file(target_, limit), "old");
  file.commit();
  EXPECT_EQ(read_file(target_, limit), "new");
}

TEST_F(AtomicFileTest, IsRemovedWithoutCommit) {
  write_file(target_, "old");
  { const AtomicFile file(target_); }
  EXPECT_THAT(names_in(folder_.path()), testing::ElementsAre("picture.png"));
  EXPECT_EQ(read_file(target_, limit), "old");
}

TEST_F(AtomicFileTest, LiesBesideItsTargetUnderAHiddenNameWithItsSuffix) {
  const AtomicFile file(target_);
  EXPECT_EQ(file.path().parent_path(), folder_.path());
  EXPECT_EQ(file.path().extension(), ".png");
  EXPECT_TRUE(file.path().filename().string().starts_with("."));
  EXPECT_EQ(std::filesystem::file_size(file.path()), 0U);
}

TEST_F(AtomicFileTest, TwoOfOneTargetDoNotMeet) {
  AtomicFile first(target_), second(target_);
  EXPECT_NE(first.path(), second.path());
  std::ofstream(first.path()) << "first";
  std::ofstream(second.path()) << "second";
  first.commit();
  second.commit();
  EXPECT_EQ(read_file(target_, limit), "second");
}

TEST_F(AtomicFileTest, HasThePermissionsOfTheUmask) {
  for (const mode_t mask : {0022U, 0077U, 0002U}) {
    const Umask umask(mask);
    write_file(target_, "x");
    EXPECT_EQ(mode_of(target_), 0666U & ~mask);
  }
}

TEST_F(AtomicFileTest, RefusesAFolderAsItsTarget) {
  EXPECT_ERROR(AtomicFile(folder_.path()), invalid_argument, testing::HasSubstr("is a folder"));
}

TEST_F(AtomicFileTest, RefusesAMissingFolder) {
  EXPECT_ERROR(write_file(folder_.path() / "missing/a.png", "x"), io,
               testing::AllOf(testing::HasSubstr("a.png"), testing::HasSubstr("No such file")));
}

TEST_F(AtomicFileTest, RefusesAReadOnlyFolder) {
  const NotRoot user(folder_.path());
  if (!user.ready()) GTEST_SKIP() << "root may write everywhere and cannot become nobody here";
  std::filesystem::permissions(folder_.path(), std::filesystem::perms(0500));
  EXPECT_ERROR(write_file(target_, "x"), io, testing::HasSubstr("check the folder"));
  std::filesystem::permissions(folder_.path(), std::filesystem::perms(0700));
}

TEST_F(AtomicFileTest, LeavesTheOldFileWhenTheDiskIsFull) {
  const std::filesystem::path place = folder_.path() / "disk";
  std::filesystem::create_directory(place);
  const SmallDisk disk(place, 64);
  if (!disk.mounted()) GTEST_SKIP() << "only root may mount a small disk";
  write_file(place / "a.png", "old");
  EXPECT_ERROR(write_file(place / "a.png", std::string(200 << 10, 'x')), io,
               testing::AllOf(testing::HasSubstr("a.png"), testing::HasSubstr("free some space")));
  EXPECT_EQ(read_file(place / "a.png", limit), "old");
  EXPECT_THAT(names_in(place), testing::ElementsAre("a.png"));
}

// A process that is killed anywhere in a row of replacements leaves a whole file, old or new.
TEST_F(AtomicFileTest, IsWholeWhateverMomentTheProcessIsKilled) {
  const std::string even(300'000, 'e'), odd(300'000, 'o');
  write_file(target_, even);
  for (int microseconds = 500; microseconds < 20'000; microseconds += 1'500) {
    const pid_t child = ::fork();
    if (child == 0) {
      for (;;) {
        write_file(target_, odd);
        write_file(target_, even);
      }
    }
    ::usleep(static_cast<useconds_t>(microseconds));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    const std::string content = read_file(target_, limit);
    EXPECT_TRUE(content == even || content == odd);
  }
}

TEST_F(AtomicFileTest, WritesEveryByte) {
  std::string content;
  for (int i = 0; i < 1000; ++i) content += static_cast<char>(i);
  write_file(target_, content);
  EXPECT_EQ(read_file(target_, limit), content);
  write_file(target_, "");
  EXPECT_EQ(read_file(target_, limit), "");
}

class ReadFile : public AtomicFileTest {};

TEST_F(ReadFile, RefusesWhatIsNoFile) {
  EXPECT_ERROR(read_file(target_, limit), bad_input, testing::HasSubstr("does not exist"));
  EXPECT_ERROR(read_file(folder_.path(), limit), bad_input, testing::HasSubstr("is not a file"));
  EXPECT_ERROR(read_file("/dev/zero", limit), bad_input, testing::HasSubstr("is not a file"));
}

TEST_F(ReadFile, ReadsUpToItsLimit) {
  write_file(target_, "12345");
  EXPECT_EQ(read_file(target_, 5), "12345");
  EXPECT_ERROR(read_file(target_, 4), bad_input,
               testing::AllOf(testing::HasSubstr("5 bytes"), testing::HasSubstr("4 allowed")));
}

TEST_F(ReadFile, RefusesAnUnreadableFile) {
  const NotRoot user(folder_.path());
  if (!user.ready()) GTEST_SKIP() << "root may read everything and cannot become nobody here";
  write_file(target_, "x");
  std::filesystem::permissions(target_, std::filesystem::perms(0));
  EXPECT_ERROR(read_file(target_, limit), bad_input, testing::HasSubstr("permissions"));
}

}  // namespace
}  // namespace atelier
