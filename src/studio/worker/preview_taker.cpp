// SPDX-License-Identifier: Apache-2.0
#include "studio/worker/preview_taker.hpp"

#include "atelier/base/digest.hpp"

namespace atelier::studio {
namespace {

namespace fs = std::filesystem;

}  // namespace

PreviewTaker::PreviewTaker(const FileStore& store, const fs::path& folder, const CommandLine& line)
    : store_(store),
      file_(line.preview.empty() ? fs::path() : folder / line.preview),
      sheets_(line.previews_in.empty() ? fs::path() : folder / line.previews_in),
      taken_(folder / "taken") {
  std::error_code ignored;
  if (!file_.empty()) fs::remove(file_, ignored);
}

std::optional<std::string> PreviewTaker::take() {
  if (!sheets_.empty()) return newest_sheet();
  if (file_.empty()) return std::nullopt;
  std::error_code error;
  fs::rename(file_, taken_, error);
  if (error) return std::nullopt;
  return keep_taken();
}

std::optional<std::string> PreviewTaker::newest_sheet() {
  const std::string before = last_;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(sheets_, error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("preview-") && name.ends_with(".png") && name > last_ &&
        fs::symlink_status(entry.path(), error).type() == fs::file_type::regular) {
      last_ = name;
    }
  }
  if (last_ == before) return std::nullopt;
  fs::copy_file(sheets_ / last_, taken_, fs::copy_options::overwrite_existing, error);
  if (error) return std::nullopt;
  return keep_taken();
}

std::optional<std::string> PreviewTaker::keep_taken() const {
  std::string digest = sha256_file(taken_);
  store_.keep_preview(taken_, digest);
  return digest;
}

}  // namespace atelier::studio
