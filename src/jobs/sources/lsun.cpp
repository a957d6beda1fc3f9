// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>
#include <fstream>
#include <span>
#include <string_view>

#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "jobs/sources/database_process.hpp"
#include "jobs/sources/picture_source.hpp"

namespace atelier::jobs {
namespace {

constexpr std::size_t longest_name = 128;  // bytes; LSUN's have 40

/// The key, where it is a name as LSUN gives them, of digits and letters; else its SHA-256.
std::string name_of(const std::string& key) {
  const bool plain = std::all_of(key.begin(), key.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '_' || c == '-' || c == '.';
  });
  return plain && key.size() <= longest_name ? key : sha256(std::as_bytes(std::span(key)));
}

/// LSUN names its folders CLASS_train_lmdb and CLASS_val_lmdb.
std::string label_of(const std::filesystem::path& folder) {
  std::string name = folder.filename().string();
  const auto drop = [&](std::string_view end) {
    const bool ends = name.size() > end.size() && name.ends_with(end);
    if (ends) name.resize(name.size() - end.size());
    return ends;
  };
  if (drop("_lmdb") && !drop("_train")) drop("_val");
  return name;
}

/// A database of LSUN's: every value a picture's file, JPEG or WebP, as it is.
class Lsun final : public PictureSource {
 public:
  explicit Lsun(const std::filesystem::path& data_file)
      : data_file_(std::filesystem::absolute(data_file).lexically_normal()) {}

  [[nodiscard]] std::int64_t size() const override { return 0; }

  void each(const std::function<void(const FoundPicture&)>& visit) const override {
    const TemporaryFolder folder;
    const std::filesystem::path unpacked = folder.path() / "picture";
    const std::filesystem::path parent = data_file_.parent_path();
    const std::string label = label_of(parent);
    each_entry(data_file_, [&](const Entry& entry) {
      std::ofstream out(unpacked, std::ios::binary | std::ios::trunc);
      out.write(entry.value.data(), static_cast<std::streamsize>(entry.value.size()));
      out.close();
      if (!out) {
        fail(ErrorKind::io, "a picture of {} cannot be unpacked to {}; is the disk full?",
             data_file_.string(), folder.path().string());
      }
      const std::string name = name_of(entry.key);
      visit({name, label, unpacked, (parent / name).string()});
    });
  }

 private:
  std::filesystem::path data_file_;
};

}  // namespace

std::unique_ptr<PictureSource> open_lsun(const std::filesystem::path& data_file) {
  return std::make_unique<Lsun>(data_file);
}

}  // namespace atelier::jobs
