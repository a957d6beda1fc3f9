// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string_view>

#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "film/source.hpp"

namespace atelier::film {
namespace {

/// "shot-%04d.png" as what stands before and after the number and how many digits it has at least.
struct Pattern {
  std::string before, after;
  std::size_t digits = 0;
};

std::optional<Pattern> pattern_of(const std::string& name) {
  const auto percent = name.find('%');
  if (percent == std::string::npos) return std::nullopt;
  std::size_t end = percent + 1;
  while (end < name.size() && name[end] >= '0' && name[end] <= '9') ++end;
  if (end >= name.size() || name[end] != 'd' || end - percent > 3) return std::nullopt;
  if (name.find('%', end) != std::string::npos) return std::nullopt;
  Pattern pattern;
  pattern.before = name.substr(0, percent);
  pattern.after = name.substr(end + 1);
  if (end > percent + 1) pattern.digits = std::stoul(name.substr(percent + 1, end - percent - 1));
  return pattern;
}

/// The number in a name that fits; nothing in one that does not.
std::optional<std::int64_t> number_in(const std::string& name, const Pattern& pattern) {
  const std::size_t around = pattern.before.size() + pattern.after.size();
  if (name.size() <= around || !name.starts_with(pattern.before) ||
      !name.ends_with(pattern.after)) {
    return std::nullopt;
  }
  const std::string digits = name.substr(pattern.before.size(), name.size() - around);
  const bool plain =
      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  const bool padded = digits.size() == pattern.digits;
  const bool longer = digits.size() > pattern.digits && digits.front() != '0';
  const bool zero = pattern.digits == 0 && digits == "0";
  if (!plain || digits.size() > 12 || !(padded || longer || zero)) return std::nullopt;
  return std::stoll(digits);
}

bool is_picture_name(const std::filesystem::path& path) {
  std::string suffix = path.extension().string();
  std::transform(suffix.begin(), suffix.end(), suffix.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  static constexpr std::array<std::string_view, 6> known{".png", ".jpg",  ".jpeg",
                                                         ".tif", ".tiff", ".webp"};
  return std::find(known.begin(), known.end(), suffix) != known.end() &&
         !path.filename().string().starts_with('.');
}

std::vector<std::filesystem::path> in_folder(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (is_picture_name(entry.path())) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Files that fit a pattern, by number, up to the first gap.
std::vector<std::filesystem::path> by_pattern(const std::filesystem::path& path) {
  const auto pattern = pattern_of(path.filename().string());
  if (!pattern) return {};
  std::vector<std::pair<std::int64_t, std::filesystem::path>> found;
  std::error_code error;
  const auto folder = path.parent_path().empty() ? std::filesystem::path(".") : path.parent_path();
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const auto number = number_in(entry.path().filename().string(), *pattern);
    if (number) found.emplace_back(*number, path.parent_path() / entry.path().filename());
  }
  std::sort(found.begin(), found.end());
  std::vector<std::filesystem::path> files;
  for (const auto& [number, file] : found) {
    if (number != found.front().first + static_cast<std::int64_t>(files.size())) break;
    files.push_back(file);
  }
  return files;
}

class PictureSource : public Source {
 public:
  PictureSource(const std::filesystem::path& path, const ReadOptions& options)
      : files_(std::filesystem::is_directory(path) ? in_folder(path) : by_pattern(path)) {
    if (files_.empty()) {
      fail(ErrorKind::bad_input, "{} holds no pictures; name a film or a folder of frames.",
           path.string());
    }
    const image::FileInfo first = image::probe(files_.front());
    info_.stored = first.size;
    info_.rate = options.rate;
    info_.tick = options.rate.inverse();
    info_.frames = static_cast<std::int64_t>(files_.size());
    info_.frames_exact = true;
    info_.seconds = static_cast<double>(info_.frames) * info_.tick.value();
    info_.container = "pictures";
    info_.codec = first.format;
    info_.matrix = "rgb";
    info_.range = "full";
    info_.primaries = info_.transfer = "unknown";
    info_.bits = first.bits;
    info_.alpha = first.alpha;
  }

  std::optional<Frame> next() override {
    if (index_ >= info_.frames) return std::nullopt;
    const std::filesystem::path& file = files_[index_];
    Frame frame;
    frame.picture = image::load(file, {.min_edge = 1});
    const image::Size size{frame.picture.width, frame.picture.height};
    if (size != info_.stored) {
      fail(ErrorKind::bad_input,
           "{} has {} x {} px and the frames before it {} x {} px; make them equal.", file.string(),
           size.width, size.height, info_.stored.width, info_.stored.height);
    }
    if (!info_.alpha) frame.picture.alpha.clear();
    if (info_.alpha && frame.picture.alpha.empty()) {
      frame.picture.alpha.assign(frame.picture.pixels(), 1.0F);
    }
    frame.index = index_;
    frame.time = {index_, 1};
    ++index_;
    return frame;
  }

  void seek(std::int64_t index) override { index_ = std::min(index, info_.frames); }

 private:
  std::vector<std::filesystem::path> files_;
  std::int64_t index_ = 0;
};

}  // namespace

std::unique_ptr<Source> open_pictures(const std::filesystem::path& path,
                                      const ReadOptions& options) {
  return std::make_unique<PictureSource>(path, options);
}

bool is_picture_pattern(const std::filesystem::path& path) {
  std::error_code error;
  return !std::filesystem::exists(path, error) && is_picture_name(path) &&
         !by_pattern(path).empty();
}

}  // namespace atelier::film
