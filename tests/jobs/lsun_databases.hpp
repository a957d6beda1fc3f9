// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>

#include "atelier/base/temporary_folder.hpp"
#include "atelier/image/image.hpp"

namespace atelier::jobs {

/// A test with a folder of its own, in which it makes databases by liblmdb itself.
class LsunDatabases : public testing::Test {
 protected:
  /// FOLDER/data.mdb, written as LSUN's were. Returns the folder.
  [[nodiscard]] std::filesystem::path database(const std::string& folder,
                                               const std::map<std::string, std::string>& entries);
  /// The file of a picture of waves, by suffix.
  [[nodiscard]] std::string encoded(const image::Image& picture, const std::string& suffix);

  [[nodiscard]] std::filesystem::path in_folder(const std::string& name) const {
    return folder_.path() / name;
  }

 private:
  TemporaryFolder folder_;
};

/// Smooth, and another for each seed.
[[nodiscard]] image::Image waves(int width, int height, int seed);

[[nodiscard]] std::string bytes_of(const std::filesystem::path& file);
/// Without flushing to disk, which takes longer than all else here.
void write_quickly(const std::filesystem::path& file, const std::string& bytes);

}  // namespace atelier::jobs
