// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/image/rows.hpp"
#include "image/encode.hpp"
#include "image/vips_runtime.hpp"

namespace atelier::image {

/// libvips asks for rows from threads of its own, nearly in order, each pixel once. Rows wait until
/// they have been fetched wholly.
class RowWriter::Impl {
 public:
  Impl(const std::filesystem::path& path, Size size, bool alpha, int bits,
       const SaveOptions& options)
      : encoding_(path, size, alpha, bits, options), file_(path), alpha_(alpha) {
    if (size.width < 1 || size.height < 1) {
      fail(ErrorKind::invalid_argument, "a picture of {} x {} px cannot be saved.", size.width,
           size.height);
    }
    encoder_ = std::thread([this] { encode(); });
  }

  ~Impl() {
    {
      const std::lock_guard lock(mutex_);
      given_up_ = true;
    }
    changed_.notify_all();
    if (encoder_.joinable()) encoder_.join();
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void write(const Image& rows) {
    const std::size_t pixels = rows.pixels();
    if (rows.width != encoding_.size().width || rows.alpha.empty() == alpha_ ||
        rows.height > encoding_.size().height - end_) {
      fail(ErrorKind::internal, "{} rows of {} px do not follow {} of {} x {} px.", rows.height,
           rows.width, end_, encoding_.size().width, encoding_.size().height);
    }
    if (rows.height < 1) return;
    Strip strip{end_, rows.height, pixels, {}};
    strip.bytes.resize(encoding_.row_bytes() * static_cast<std::size_t>(rows.height));
    encoding_.quantise(rows.rgb.data(), alpha_ ? rows.alpha.data() : nullptr, pixels,
                       strip.bytes.data());
    std::unique_lock lock(mutex_);
    // Never more than one beside that which is being fetched, unless more are waited for.
    changed_.wait(lock, [&] { return ended_ || strips_.size() < 2 || wanted_ > end_; });
    if (ended_) throw_failure();
    end_ += rows.height;
    strips_.push_back(std::move(strip));
    lock.unlock();
    changed_.notify_all();
  }

  void finish() {
    if (end_ != encoding_.size().height) {
      fail(ErrorKind::internal, "{} of {} rows were written.", end_, encoding_.size().height);
    }
    encoder_.join();
    if (failure_) std::rethrow_exception(failure_);
    file_.commit();
  }

  [[nodiscard]] std::size_t waiting_bytes() const {
    const std::lock_guard lock(mutex_);
    std::size_t sum = 0;
    for (const Strip& strip : strips_) sum += strip.bytes.size();
    return sum;
  }

 private:
  struct Strip {
    int first, rows;
    std::size_t left;  ///< pixels that are not fetched yet
    std::vector<std::byte> bytes;
  };

  [[noreturn]] void throw_failure() const {
    if (failure_) std::rethrow_exception(failure_);
    fail(ErrorKind::internal, "{} ended before its last row.", encoding_.path().string());
  }

  void encode() {
    try {
      encoding_.write(source(), file_.path());
    } catch (...) {
      failure_ = std::current_exception();
    }
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    changed_.notify_all();
    vips_thread_shutdown();
  }

  /// The rows as a picture of libvips'.
  vips::VImage source() {
    VipsImage* image = vips_image_new();
    const vips::VImage owner(image);
    const auto [width, height] = encoding_.size();
    vips_image_init_fields(image, width, height, encoding_.bands(), encoding_.band_format(),
                           VIPS_CODING_NONE,
                           encoding_.band_format() == VIPS_FORMAT_UCHAR ? VIPS_INTERPRETATION_sRGB
                                                                        : VIPS_INTERPRETATION_RGB16,
                           1, 1);
    if (vips_image_pipelinev(image, VIPS_DEMAND_STYLE_THINSTRIP, nullptr) != 0 ||
        vips_image_generate(image, nullptr, &Impl::on_wanted, nullptr, this, nullptr) != 0) {
      throw vips::VError();
    }
    return owner;
  }

  static int on_wanted(VipsRegion* region, void* /*sequence*/, void* self, void* /*other*/,
                       gboolean* /*stop*/) {
    return static_cast<Impl*>(self)->fetch(region) ? 0 : -1;
  }

  bool fetch(VipsRegion* region) {
    const VipsRect& area = region->valid;
    const std::size_t pixel =
        encoding_.row_bytes() / static_cast<std::size_t>(encoding_.size().width);
    for (int y = area.top; y < area.top + area.height; ++y) {
      const std::byte* row = wait_for(y);
      if (!row) return false;
      std::memcpy(VIPS_REGION_ADDR(region, area.left, y),
                  row + pixel * static_cast<std::size_t>(area.left),
                  pixel * static_cast<std::size_t>(area.width));
      fetched(y, static_cast<std::size_t>(area.width));
    }
    return true;
  }

  /// Strips stay where they are until they are fetched wholly: a deque does not move its elements.
  const std::byte* wait_for(int y) {
    std::unique_lock lock(mutex_);
    if (y >= end_) {
      wanted_ = std::max(wanted_, y + 1);
      changed_.notify_all();
    }
    changed_.wait(lock, [&] { return given_up_ || y < end_; });
    const auto strip = strip_of(y);
    if (given_up_ || strip == strips_.end()) return nullptr;
    return strip->bytes.data() + encoding_.row_bytes() * static_cast<std::size_t>(y - strip->first);
  }

  void fetched(int y, std::size_t pixels) {
    {
      const std::lock_guard lock(mutex_);
      const auto strip = strip_of(y);
      strip->left -= std::min(strip->left, pixels);
      if (strip->left == 0) strip->bytes = {};
      while (!strips_.empty() && strips_.front().left == 0) strips_.pop_front();
    }
    changed_.notify_all();
  }

  std::deque<Strip>::iterator strip_of(int y) {
    return std::find_if(strips_.begin(), strips_.end(), [y](const Strip& strip) {
      return strip.left > 0 && y >= strip.first && y < strip.first + strip.rows;
    });
  }

  Encoding encoding_;
  AtomicFile file_;
  bool alpha_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Strip> strips_;
  int end_ = 0;     ///< rows written to us
  int wanted_ = 0;  ///< rows that are waited for, from the first
  bool given_up_ = false, ended_ = false;
  std::exception_ptr failure_;
  std::thread encoder_;
};

RowWriter::RowWriter(const std::filesystem::path& path, Size size, bool alpha, int bits,
                     const SaveOptions& options)
    : impl_(std::make_unique<Impl>(path, size, alpha, bits, options)) {}
RowWriter::~RowWriter() = default;

void RowWriter::write(const Image& rows) {
  impl_->write(rows);
}
void RowWriter::finish() {
  impl_->finish();
}
std::size_t RowWriter::waiting_bytes() const {
  return impl_->waiting_bytes();
}

}  // namespace atelier::image
