// SPDX-License-Identifier: Apache-2.0
#include "atelier/image/animation.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <fstream>
#include <string_view>

#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "image/colour.hpp"
#include "image/formats.hpp"
#include "image/resample.hpp"
#include "image/source.hpp"
#include "image/vips_runtime.hpp"

namespace atelier::image {
namespace {

void check_is_webp(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::array<char, 512> bytes{};
  file.read(bytes.data(), bytes.size());
  const std::string_view head(bytes.data(), static_cast<std::size_t>(file.gcount()));
  if (head.empty()) fail(ErrorKind::bad_input, "{} cannot be read; check the path.", path.string());
  if (format_of_content(head) != Format::webp) {
    fail(ErrorKind::bad_input, "{} is no animated WebP; choose another file.", path.string());
  }
}

int number(const vips::VImage& image, const char* name, int otherwise) {
  return image.get_typeof(name) == G_TYPE_INT ? image.get_int(name) : otherwise;
}

}  // namespace

class Animation::Impl {
 public:
  explicit Impl(const std::filesystem::path& path) : path_(path) {
    start_vips();
    check_is_webp(path);
    rewind();
    const int page = number(frames_, VIPS_META_PAGE_HEIGHT, frames_.height());
    if (page < 1 || frames_.height() % page != 0 || frames_.height() == page) {
      fail(ErrorKind::bad_input, "{} is a WebP of a single frame; load it as a picture.",
           path.string());
    }
    info_.size = {frames_.width(), page};
    info_.frames = frames_.height() / page;
    info_.alpha = channels_of(frames_, path).alpha;
    info_.loops = number(frames_, "loop", 0);
    if (frames_.get_typeof("delay") != 0) info_.delays = frames_.get_array_int("delay");
    info_.delays.resize(info_.frames, 0);
    for (int& delay : info_.delays) delay = std::max(delay, 0);
  }

  void rewind() {
    try {
      frames_ = vips::VImage::webpload(path_.c_str(), vips::VImage::option()
                                                          ->set("n", -1)
                                                          ->set("access", VIPS_ACCESS_SEQUENTIAL)
                                                          ->set("fail_on", VIPS_FAIL_ON_ERROR));
      srgb_ = to_srgb(frames_, channels_of(frames_, path_));
    } catch (const vips::VError&) {
      fail_damaged(path_, take_vips_reason());
    }
    region_.reset(vips_region_new(srgb_.get_image()));
    if (!region_) throw std::bad_alloc();
    next_ = 0;
  }

  Image next() {
    assert(next_ < info_.frames);
    const Size size = info_.size;
    Image image = blank(size, info_.alpha, 8);
    // Bands of rows, so that libvips' own buffers stay small.
    for (int y = 0; y < size.height; y += 64) {
      const int rows = std::min(64, size.height - y);
      const VipsRect area{0, static_cast<int>(next_) * size.height + y, size.width, rows};
      if (vips_region_prepare(region_.get(), &area) != 0) fail_damaged(path_, take_vips_reason());
      for (int row = 0; row < rows; ++row) copy_row(area.top + row, y + row, image);
    }
    ++next_;
    return image;
  }

  [[nodiscard]] const AnimationInfo& info() const { return info_; }

 private:
  void copy_row(int from, int y, Image& image) const {
    const int bands = srgb_.bands();
    const bool deep = srgb_.format() != VIPS_FORMAT_UCHAR;
    const VipsPel* data = VIPS_REGION_ADDR(region_.get(), 0, from);
    const auto value = [&](int i) {
      return deep ? static_cast<float>(reinterpret_cast<const std::uint16_t*>(data)[i]) / 65535
                  : static_cast<float>(data[i]) / 255;
    };
    std::size_t pixel = static_cast<std::size_t>(y) * image.width;
    for (int x = 0; x < image.width; ++x, ++pixel) {
      for (int c = 0; c < 3; ++c) image.rgb[pixel * 3 + c] = value(x * bands + c);
      if (info_.alpha) image.alpha[pixel] = value(x * bands + 3);
    }
  }

  struct Unref {
    void operator()(VipsRegion* region) const { g_object_unref(region); }
  };
  std::filesystem::path path_;
  AnimationInfo info_;
  vips::VImage frames_, srgb_;
  std::unique_ptr<VipsRegion, Unref> region_;
  std::int64_t next_ = 0;
};

Animation::Animation(const std::filesystem::path& path) : impl_(std::make_unique<Impl>(path)) {}
Animation::~Animation() = default;
Animation::Animation(Animation&&) noexcept = default;
Animation& Animation::operator=(Animation&&) noexcept = default;

const AnimationInfo& Animation::info() const noexcept {
  return impl_->info();
}

Image Animation::next() {
  return impl_->next();
}

void Animation::rewind() {
  impl_->rewind();
}

}  // namespace atelier::image
