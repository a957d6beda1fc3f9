// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <deque>
#include <optional>
#include <vector>

#include "atelier/base/error.hpp"
#include "atelier/image/rows.hpp"
#include "image/colour.hpp"
#include "image/load_plan.hpp"
#include "image/orientation.hpp"
#include "image/resample.hpp"
#include "image/source.hpp"
#include "image/turned_rows.hpp"
#include "image/vips_runtime.hpp"

namespace atelier::image {
namespace {

constexpr int rows_at_once = 64;

/// The rows of a file as they are stored, in sRGB, 0..1.
class StoredRows {
 public:
  StoredRows(const Source& source, int shrink) : source_(source), shrink_(shrink) { open(true); }

  [[nodiscard]] Size size() const { return {picture_->width(), picture_->height()}; }
  [[nodiscard]] int channels() const { return picture_->bands(); }

  /// The next row; until another one is asked for.
  const float* next() {
    const int at = next_++;
    if (at >= first_ + held_) fetch(at);
    to_unit(VIPS_REGION_ADDR(region_->get_region(), 0, at), wide_, row_.size(), row_.data());
    return row_.data();
  }

 private:
  void open(bool strict) {
    strict_ = strict;
    try {
      const vips::VImage stored = decode(source_, shrink_, strict);
      picture_ = to_srgb(stored, channels_of(stored, source_.path));
      region_ = vips::VRegion::new_from_image(*picture_);
    } catch (const vips::VError&) {
      recover(0);
      return;
    }
    wide_ = picture_->format() != VIPS_FORMAT_UCHAR;
    row_.resize(static_cast<std::size_t>(picture_->width()) * picture_->bands());
    first_ = held_ = 0;
  }

  /// Rows that are asked for in order, from the first.
  void fetch(int at) {
    while (first_ + held_ <= at) {
      const int from = first_ + held_, rows = std::min(rows_at_once, picture_->height() - from);
      const VipsRect wanted{0, from, picture_->width(), rows};
      if (vips_region_prepare(region_->get_region(), &wanted) != 0) {
        recover(at);
        return;
      }
      first_ = from;
      held_ = rows;
    }
  }

  /// Goes on at row `at` without minding a harmless warning; or throws.
  void recover(int at) {
    const std::string reason = take_vips_reason();
    if (!strict_ || !is_harmless(source_, reason)) fail_damaged(source_.path, reason);
    open(false);
    fetch(at);
  }

  const Source& source_;
  int shrink_;
  bool strict_ = true, wide_ = false;
  std::optional<vips::VImage> picture_;
  std::optional<vips::VRegion> region_;
  std::vector<float> row_;
  int next_ = 0, first_ = 0, held_ = 0;
};

}  // namespace

class RowReader::Impl {
 public:
  Impl(const std::filesystem::path& path, const LoadOptions& options)
      : source_(open_source(path)), planned_(planned_size(source_, options)) {
    check_memory(source_, decoder_bytes(source_));
    stored_.emplace(source_, jpeg_shrink(source_, planned_));
    channels_ = stored_->channels();
    if (stored_->size() != planned_) {
      resampler_.emplace(stored_->size(), planned_, channels_, [this](const float* row) {
        resized_.emplace_back(row, row + static_cast<std::size_t>(planned_.width) * channels_);
      });
    }
    if (turned()) turned_.emplace(planned_, channels_, source_.orientation);
  }

  [[nodiscard]] Size size() const {
    return swaps_edges(source_.orientation) ? Size{planned_.height, planned_.width} : planned_;
  }
  [[nodiscard]] const FileInfo& info() const { return source_.info; }

  void read(Image& to, int first, int count) {
    if (to.width != size().width || to.alpha.empty() == info().alpha || first < 0 || count < 0 ||
        first + count > to.height || read_ + count > size().height) {
      fail(ErrorKind::internal, "rows {} to {} of {} px cannot be read into {} of {} px.", read_,
           read_ + count, size().height, to.height, to.width);
    }
    for (int i = 0; i < count; ++i) store_row(to, first + i, next());
  }

 private:
  [[nodiscard]] bool turned() const { return source_.orientation >= 2 && source_.orientation <= 8; }

  const float* next() {
    const int y = read_++;
    if (!turned_) return upright();
    if (y == 0) {
      for (int i = 0; i < planned_.height; ++i) turned_->push(upright());
      resampler_.reset();
      stored_.reset();
    }
    return turned_->row(y);
  }

  /// The next row of the picture's asked size, as it is stored.
  const float* upright() {
    if (!resampler_) return stored_->next();
    if (!resized_.empty()) resized_.pop_front();  // the one before
    while (resized_.empty()) resampler_->push(stored_->next());
    return resized_.front().data();
  }

  Source source_;
  Size planned_;
  int channels_ = 3, read_ = 0;
  std::optional<StoredRows> stored_;
  std::optional<RowResampler> resampler_;
  std::deque<std::vector<float>> resized_;
  std::optional<TurnedRows> turned_;
};

RowReader::RowReader(const std::filesystem::path& path, const LoadOptions& options)
    : impl_(std::make_unique<Impl>(path, options)) {}
RowReader::~RowReader() = default;

Size RowReader::size() const noexcept {
  return impl_->size();
}
bool RowReader::alpha() const noexcept {
  return impl_->info().alpha;
}
int RowReader::bits() const noexcept {
  return impl_->info().bits;
}
void RowReader::read(Image& to, int first, int count) {
  impl_->read(to, first, count);
}

}  // namespace atelier::image
