// SPDX-License-Identifier: Apache-2.0
// From a decoded frame's components to R'G'B' in 0..1.
extern "C" {
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "atelier/base/error.hpp"
#include "film/colour.hpp"

namespace atelier::film {
namespace {

/// Turns a component's whole numbers into their values: luma and R, G, B into 0..1, chroma into
/// -0.5..0.5.
struct Scale {
  float offset, factor;

  static Scale plain(int depth, bool full) {
    const auto unit = static_cast<float>(1 << depth) / 256;
    if (full) return {0, 1 / static_cast<float>((1 << depth) - 1)};
    return {16 * unit, 1 / (219 * unit)};
  }
  static Scale chroma(int depth, bool full) {
    const auto unit = static_cast<float>(1 << depth) / 256;
    if (full) return {128 * unit, 1 / static_cast<float>((1 << depth) - 1)};
    return {128 * unit, 1 / (224 * unit)};
  }
  float operator()(std::uint16_t value) const {
    return (static_cast<float>(value) - offset) * factor;
  }
};

/// Reads rows of one component.
class Component {
 public:
  Component(const AVFrame& frame, const AVPixFmtDescriptor& format, int component, Scale scale,
            int width)
      : frame_(frame), format_(format), component_(component), scale_(scale), raw_(width) {}

  void read(int y, std::vector<float>& row) {
    const bool palette = (format_.flags & AV_PIX_FMT_FLAG_PAL) != 0;
    const std::uint8_t* data[4] = {frame_.data[0], frame_.data[1], frame_.data[2], frame_.data[3]};
    // A palette's entry is 0xAARRGGBB in the machine's order, so that blue comes first.
    static constexpr int in_palette[] = {2, 1, 0, 3};
    av_read_image_line2(raw_.data(), data, frame_.linesize, &format_, 0, y,
                        palette ? in_palette[component_] : component_,
                        static_cast<int>(raw_.size()), palette, sizeof(std::uint16_t));
    row.resize(raw_.size());
    std::transform(raw_.begin(), raw_.end(), row.begin(), scale_);
  }

 private:
  const AVFrame& frame_;
  const AVPixFmtDescriptor& format_;
  int component_;
  Scale scale_;
  std::vector<std::uint16_t> raw_;
};

/// Where chroma samples lie: sample i stands over pixel i * step + offset.
struct Siting {
  int step;
  float offset;

  static Siting across(int log2, AVChromaLocation place) {
    const int step = 1 << log2;
    const bool centre =
        place == AVCHROMA_LOC_CENTER || place == AVCHROMA_LOC_TOP || place == AVCHROMA_LOC_BOTTOM;
    return {step, centre ? static_cast<float>(step - 1) / 2 : 0};
  }
  static Siting down(int log2, AVChromaLocation place) {
    const int step = 1 << log2;
    if (place == AVCHROMA_LOC_TOPLEFT || place == AVCHROMA_LOC_TOP) return {step, 0};
    const bool bottom = place == AVCHROMA_LOC_BOTTOMLEFT || place == AVCHROMA_LOC_BOTTOM;
    return {step, bottom ? static_cast<float>(step - 1) : static_cast<float>(step - 1) / 2};
  }

  /// The two samples about a pixel and how much the second counts.
  struct Between {
    int first, second;
    float weight;
  };
  [[nodiscard]] Between between(int pixel, int samples) const {
    const float place = (static_cast<float>(pixel) - offset) / static_cast<float>(step);
    const float floor = std::floor(place);
    const int first = static_cast<int>(floor);
    return {std::clamp(first, 0, samples - 1), std::clamp(first + 1, 0, samples - 1),
            place - floor};
  }
};

/// Rows of a chroma component at the picture's full size.
class Chroma {
 public:
  Chroma(const AVFrame& frame, const AVPixFmtDescriptor& format, int component, bool full)
      : across_(Siting::across(format.log2_chroma_w, frame.chroma_location)),
        down_(Siting::down(format.log2_chroma_h, frame.chroma_location)),
        width_(AV_CEIL_RSHIFT(frame.width, format.log2_chroma_w)),
        height_(AV_CEIL_RSHIFT(frame.height, format.log2_chroma_h)),
        component_(frame, format, component, Scale::chroma(format.comp[component].depth, full),
                   width_) {
    for (Row& row : rows_) row.values.resize(frame.width);
  }

  void read(int y, std::vector<float>& row) {
    const Siting::Between at = down_.between(y, height_);
    const std::vector<float>& first = stretched(at.first, at.second);
    const std::vector<float>& second = stretched(at.second, at.first);
    row.resize(first.size());
    for (std::size_t x = 0; x < row.size(); ++x) {
      row[x] = first[x] + (second[x] - first[x]) * at.weight;
    }
  }

 private:
  struct Row {
    int y = -1;
    std::vector<float> values;
  };

  /// A row of samples stretched to the picture's width; `other` is still needed.
  const std::vector<float>& stretched(int y, int other) {
    for (const Row& row : rows_) {
      if (row.y == y) return row.values;
    }
    Row& row = rows_[rows_[0].y == other ? 1 : 0];
    row.y = y;
    component_.read(y, samples_);
    if (across_.step == 1) {
      row.values = samples_;
      return row.values;
    }
    for (std::size_t x = 0; x < row.values.size(); ++x) {
      const Siting::Between at = across_.between(static_cast<int>(x), width_);
      row.values[x] = samples_[at.first] + (samples_[at.second] - samples_[at.first]) * at.weight;
    }
    return row.values;
  }

  Siting across_, down_;
  int width_, height_;
  Component component_;
  std::array<Row, 2> rows_;
  std::vector<float> samples_;
};

void check_format(const AVPixFmtDescriptor* format, const Meaning& meaning,
                  const std::string& name) {
  constexpr std::uint64_t strange =
      AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_BAYER | AV_PIX_FMT_FLAG_FLOAT;
  if (!format || (format->flags & strange) || format->comp[0].depth > 16 ||
      std::string(format->name).starts_with("xyz")) {
    fail(ErrorKind::bad_input,
         "{} holds pixels of the form {}, which is not read; convert it to 8 or 10 bit 4:2:0.",
         name, format ? format->name : "unknown");
  }
  if (meaning.matrix == AVCOL_SPC_ICTCP || meaning.matrix == AVCOL_SPC_SMPTE2085 ||
      meaning.matrix == AVCOL_SPC_CHROMA_DERIVED_CL) {
    fail(ErrorKind::bad_input, "{} holds colours as {}, which is not read; convert it to BT.709.",
         name, av_color_space_name(meaning.matrix));
  }
}

void write_row(float* out, const std::vector<float>& r, const std::vector<float>& g,
               const std::vector<float>& b) {
  for (std::size_t x = 0; x < r.size(); ++x, out += 3) {
    out[0] = std::clamp(r[x], 0.0F, 1.0F);
    out[1] = std::clamp(g[x], 0.0F, 1.0F);
    out[2] = std::clamp(b[x], 0.0F, 1.0F);
  }
}

void read_rgb(const AVFrame& frame, const AVPixFmtDescriptor& format, bool full,
              image::Image& image) {
  std::vector<float> rows[3];
  std::vector<Component> components;
  for (int c = 0; c < 3; ++c) {
    const bool palette = (format.flags & AV_PIX_FMT_FLAG_PAL) != 0;
    const int depth = palette ? 8 : format.comp[c].depth;
    components.emplace_back(frame, format, c, Scale::plain(depth, full), frame.width);
  }
  for (int y = 0; y < frame.height; ++y) {
    for (int c = 0; c < 3; ++c) components[c].read(y, rows[c]);
    write_row(image.rgb.data() + static_cast<std::size_t>(y) * frame.width * 3, rows[0], rows[1],
              rows[2]);
  }
}

void read_grey(const AVFrame& frame, const AVPixFmtDescriptor& format, bool full,
               image::Image& image) {
  Component luma(frame, format, 0, Scale::plain(format.comp[0].depth, full), frame.width);
  std::vector<float> row;
  for (int y = 0; y < frame.height; ++y) {
    luma.read(y, row);
    write_row(image.rgb.data() + static_cast<std::size_t>(y) * frame.width * 3, row, row, row);
  }
}

/// R'G'B' = Y' and sums of Cb and Cr.
struct Matrix {
  float r_cb, r_cr, g_cb, g_cr, b_cb, b_cr;

  explicit Matrix(AVColorSpace space) {
    if (space == AVCOL_SPC_YCGCO) {  // Cg stands in Cb's place, Co in Cr's
      r_cb = -1, r_cr = 1, g_cb = 1, g_cr = 0, b_cb = -1, b_cr = -1;
      return;
    }
    const Luma luma = luma_of(space);
    r_cb = 0;
    r_cr = static_cast<float>(2 * (1 - luma.r));
    b_cb = static_cast<float>(2 * (1 - luma.b));
    b_cr = 0;
    g_cb = static_cast<float>(-2 * (1 - luma.b) * luma.b / luma.g());
    g_cr = static_cast<float>(-2 * (1 - luma.r) * luma.r / luma.g());
  }
};

void read_ycbcr(const AVFrame& frame, const AVPixFmtDescriptor& format, const Meaning& meaning,
                image::Image& image) {
  const Matrix m(meaning.matrix);
  Component luma(frame, format, 0, Scale::plain(format.comp[0].depth, meaning.full), frame.width);
  Chroma blue(frame, format, 1, meaning.full), red(frame, format, 2, meaning.full);
  std::vector<float> y_row, cb, cr, g;
  for (int y = 0; y < frame.height; ++y) {
    luma.read(y, y_row);
    blue.read(y, cb);
    red.read(y, cr);
    g.resize(y_row.size());
    for (std::size_t x = 0; x < y_row.size(); ++x) {
      const float luminance = y_row[x], u = cb[x], v = cr[x];
      cr[x] = luminance + m.r_cb * u + m.r_cr * v;
      g[x] = luminance + m.g_cb * u + m.g_cr * v;
      cb[x] = luminance + m.b_cb * u + m.b_cr * v;
    }
    write_row(image.rgb.data() + static_cast<std::size_t>(y) * frame.width * 3, cr, g, cb);
  }
}

void read_alpha(const AVFrame& frame, const AVPixFmtDescriptor& format, image::Image& image) {
  const bool palette = (format.flags & AV_PIX_FMT_FLAG_PAL) != 0;
  const int last = palette ? 3 : format.nb_components - 1;
  const int depth = palette ? 8 : format.comp[last].depth;
  Component alpha(frame, format, last, Scale::plain(depth, true), frame.width);
  std::vector<float> row;
  for (int y = 0; y < frame.height; ++y) {
    alpha.read(y, row);
    std::copy(row.begin(), row.end(),
              image.alpha.begin() + static_cast<std::ptrdiff_t>(y) * frame.width);
  }
}

}  // namespace

image::Image to_image(const AVFrame& frame, const Meaning& meaning, const std::string& name) {
  const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
  check_format(format, meaning, name);
  image::Image image{.width = frame.width, .height = frame.height, .rgb = {}, .alpha = {}};
  image.bits = bits_of(frame.format) > 8 ? 16 : 8;
  image.rgb.resize(image.pixels() * 3);
  if (format->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) {
    read_rgb(frame, *format, meaning.full, image);
  } else if (format->nb_components < 3) {
    read_grey(frame, *format, meaning.full, image);
  } else {
    read_ycbcr(frame, *format, meaning, image);
  }
  if (format->flags & AV_PIX_FMT_FLAG_ALPHA) {
    image.alpha.resize(image.pixels());
    read_alpha(frame, *format, image);
  }
  return image;
}

}  // namespace atelier::film
