// SPDX-License-Identifier: Apache-2.0
#include "film/colour.hpp"

extern "C" {
#include <libavutil/mastering_display_metadata.h>
#include <libavutil/pixdesc.h>
}

#include <algorithm>

namespace atelier::film {
namespace {

const AVPixFmtDescriptor& describe(int format) {
  static const AVPixFmtDescriptor nothing{};
  const AVPixFmtDescriptor* found = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(format));
  return found ? *found : nothing;
}

bool is_rgb(const AVPixFmtDescriptor& format) {
  return (format.flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0;
}

bool counts_as_full(const AVFrame& frame, const AVPixFmtDescriptor& format) {
  if (frame.color_range != AVCOL_RANGE_UNSPECIFIED) return frame.color_range == AVCOL_RANGE_JPEG;
  const bool grey = format.nb_components < 3;
  return is_rgb(format) || grey || std::string(format.name).starts_with("yuvj");
}

AVColorSpace matrix_of(const AVFrame& frame, const AVPixFmtDescriptor& format) {
  if (is_rgb(format)) return AVCOL_SPC_RGB;
  if (frame.colorspace != AVCOL_SPC_UNSPECIFIED && frame.colorspace != AVCOL_SPC_RGB &&
      frame.colorspace != AVCOL_SPC_RESERVED) {
    return frame.colorspace;
  }
  return frame.width >= 1280 || frame.height > 576 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
}

double peak_of(const AVFrame& frame) {
  const AVFrameSideData* data =
      av_frame_get_side_data(&frame, AV_FRAME_DATA_MASTERING_DISPLAY_METADATA);
  if (data && frame.color_trc == AVCOL_TRC_SMPTE2084) {
    const auto* mastering = reinterpret_cast<const AVMasteringDisplayMetadata*>(data->data);
    if (mastering->has_luminance && mastering->max_luminance.den > 0) {
      return std::clamp(av_q2d(mastering->max_luminance), 204.0, 10000.0);
    }
  }
  return 1000;
}

}  // namespace

Meaning meaning_of(const AVFrame& frame) {
  const AVPixFmtDescriptor& format = describe(frame.format);
  Meaning meaning;
  meaning.matrix = matrix_of(frame, format);
  meaning.full = counts_as_full(frame, format);
  meaning.primaries = frame.color_primaries;
  meaning.transfer = frame.color_trc;
  meaning.peak = peak_of(frame);
  return meaning;
}

int bits_of(int format) {
  return std::max(describe(format).comp[0].depth, 8);
}

bool has_alpha(int format) {
  return (describe(format).flags & AV_PIX_FMT_FLAG_ALPHA) != 0;
}

Luma luma_of(AVColorSpace matrix) {
  switch (matrix) {
    case AVCOL_SPC_BT470BG:
    case AVCOL_SPC_SMPTE170M:
      return {0.299, 0.114};
    case AVCOL_SPC_FCC:
      return {0.30, 0.11};
    case AVCOL_SPC_SMPTE240M:
      return {0.212, 0.087};
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL:
      return {0.2627, 0.0593};
    default:
      return {0.2126, 0.0722};
  }
}

}  // namespace atelier::film
