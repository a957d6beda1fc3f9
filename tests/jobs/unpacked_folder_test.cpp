// SPDX-License-Identifier: Apache-2.0
#include "jobs/unpacked_folder.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>

#include <set>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using Entries = std::vector<std::pair<std::string, std::string>>;

class UnpackedFolder : public testing::Test {
 protected:
  /// A gzipped tar of these files.
  fs::path pack(const std::string& name, const Entries& entries) const {
    const fs::path file = folder_.path() / name;
    ::archive* handle = archive_write_new();
    archive_write_add_filter_gzip(handle);
    archive_write_set_format_pax_restricted(handle);
    EXPECT_EQ(archive_write_open_filename(handle, file.c_str()), ARCHIVE_OK);
    for (const auto& [path, content] : entries) {
      archive_entry* entry = archive_entry_new();
      archive_entry_set_pathname(entry, path.c_str());
      archive_entry_set_filetype(entry, AE_IFREG);
      archive_entry_set_perm(entry, 0644);
      archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
      archive_write_header(handle, entry);
      archive_write_data(handle, content.data(), content.size());
      archive_entry_free(entry);
    }
    archive_write_free(handle);
    return file;
  }
  static std::vector<std::string> files_of(const fs::path& folder) {
    std::set<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file())
        files.insert(entry.path().lexically_relative(folder).string() + "=" +
                     read_file(entry.path(), 100));
    }
    return {files.begin(), files.end()};
  }
  [[nodiscard]] std::string refusal(const fs::path& file) const {
    try {
      static_cast<void>(folder_of(file, folder_.path() / "to", Unpacked::classes));
    } catch (const Error& error) {
      return error.what();
    }
    return "it was taken";
  }
  TemporaryFolder folder_;
};

const Entries works{{"calm/monet_pond.jpg", "1"},
                    {"wild/deep/munch_cry.png", "2"},
                    {"calm/notes.txt", "left out"},
                    {"calm/._monet_pond.jpg", "left out"},
                    {"beside_the_classes.jpg", "only flat"}};

TEST_F(UnpackedFolder, IsWhatTheArchiveHolds) {
  const fs::path file = pack("by style.tgz", works), to = folder_.path() / "to";
  const fs::path classes = folder_of(file, to, Unpacked::classes);
  EXPECT_EQ(classes, to / "by style");
  EXPECT_THAT(files_of(classes), ElementsAre("calm/monet_pond.jpg=1", "wild/munch_cry.png=2"));
  EXPECT_THAT(
      files_of(folder_of(file, folder_.path() / "flat", Unpacked::flat)),
      ElementsAre("beside_the_classes.jpg=only flat", "monet_pond.jpg=1", "munch_cry.png=2"));
}

TEST_F(UnpackedFolder, IsTheFolderThatWasNamed) {
  for (const fs::path& named : {folder_.path(), folder_.path() / "missing", fs::path()})
    EXPECT_EQ(folder_of(named, folder_.path() / "to", Unpacked::classes), named);
  EXPECT_FALSE(fs::exists(folder_.path() / "to"));
}

TEST_F(UnpackedFolder, RefusesWhatIsNotToBeTrusted) {
  EXPECT_THAT(refusal(pack("up.tgz", {{"../../outside.jpg", "x"}})), HasSubstr("do not trust"));
  EXPECT_THAT(refusal(pack("root.tgz", {{"/tmp/outside.jpg", "x"}})), HasSubstr("do not trust"));
  EXPECT_THAT(refusal(pack("twice.tgz", {{"a/1/x.jpg", "1"}, {"a/2/x.jpg", "2"}})),
              HasSubstr("two pictures named a/x.jpg"));
  EXPECT_THAT(refusal(pack("bomb.tgz", {{"a/x.tif", std::string(1u << 24, '\0')}})),
              HasSubstr("times its size"));
  const fs::path cut = pack("cut.tgz", {{"a/x.jpg", std::string(5000, 'x')}});
  fs::resize_file(cut, fs::file_size(cut) / 2);
  EXPECT_THAT(refusal(cut), HasSubstr("damaged or cut short"));
  write_file(folder_.path() / "text.zip", "no archive");
  EXPECT_THAT(refusal(folder_.path() / "text.zip"), HasSubstr("damaged or cut short"));
  EXPECT_FALSE(fs::exists(folder_.path() / "outside.jpg"));
}

}  // namespace
}  // namespace atelier::jobs
