// SPDX-License-Identifier: Apache-2.0
#include "film/describe.hpp"

extern "C" {
#include <libavutil/display.h>
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace atelier::film {
namespace {

/// EXIF's number for the turn that a display matrix asks for; 0 for one that is no quarter turn.
/// The matrix takes a stored x, y to a x + c y, b x + d y.
int orientation_of(const std::int32_t* matrix) {
  const auto sign = [&](int i) { return matrix[i] > 32768 ? 1 : matrix[i] < -32768 ? -1 : 0; };
  const int a = sign(0), b = sign(1), c = sign(3), d = sign(4);
  if (b == 0 && c == 0 && a != 0 && d != 0) return a > 0 ? (d > 0 ? 1 : 4) : (d > 0 ? 2 : 3);
  if (a == 0 && d == 0 && b != 0 && c != 0) return b > 0 ? (c > 0 ? 5 : 6) : (c > 0 ? 8 : 7);
  return 0;
}

const std::int32_t* display_matrix(const AVStream& stream) {
#if LIBAVFORMAT_VERSION_MAJOR >= 61
  const AVPacketSideData* data =
      av_packet_side_data_get(stream.codecpar->coded_side_data, stream.codecpar->nb_coded_side_data,
                              AV_PKT_DATA_DISPLAYMATRIX);
  return data && data->size >= 36 ? reinterpret_cast<const std::int32_t*>(data->data) : nullptr;
#else
  std::size_t size = 0;
  const std::uint8_t* data = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
  return data && size >= 36 ? reinterpret_cast<const std::int32_t*>(data) : nullptr;
#endif
}

bool is_interlaced(const AVFrame& frame) {
#if LIBAVUTIL_VERSION_MAJOR >= 59
  return (frame.flags & AV_FRAME_FLAG_INTERLACED) != 0;
#else
  return frame.interlaced_frame != 0;
#endif
}

std::string name_or_unknown(const char* name) {
  return name ? name : "unknown";
}

/// Frames a second; wild claims, such as a tick a frame, count as none.
AVRational rate_of(const Demuxer& demuxer, AVStream& stream) {
  const auto known = [](AVRational r, double most) {
    return r.num > 0 && r.den > 0 && av_q2d(r) <= most;
  };
  const AVRational guess = av_guess_frame_rate(&demuxer.format(), &stream, nullptr);
  if (known(guess, 480)) return guess;
  return known(stream.avg_frame_rate, 1000) ? stream.avg_frame_rate : AVRational{25, 1};
}

std::int64_t or_zero(std::int64_t time) {
  return time == AV_NOPTS_VALUE ? 0 : time;
}

std::int64_t end_of(const AVFormatContext& format, const AVStream& stream, bool audio) {
  const AVRational tick = stream.time_base;
  const std::string name = format.iformat->name;
  if (name == "gif" || name == "apng" || name == "nut") return 0;  // each frame says it, or none
  const AVDictionaryEntry* tag = av_dict_get(stream.metadata, "DURATION", nullptr, 0);
  if (int hours = 0, minutes = 0; tag) {  // Matroska: "00:01:02.500000000"
    double seconds = 0;
    if (std::sscanf(tag->value, "%d:%d:%lf", &hours, &minutes, &seconds) == 3) {
      const double all = hours * 3600.0 + minutes * 60.0 + seconds;
      if (all > 0 && all < 1e8) return std::llround(all / av_q2d(tick));
    }
  }
  if (stream.duration > 0) return or_zero(stream.start_time) + stream.duration;
  if (audio || format.duration <= 0) return 0;
  return av_rescale_q(or_zero(format.start_time) + format.duration, {1, AV_TIME_BASE}, tick);
}

}  // namespace

StreamFacts describe_stream(const Demuxer& demuxer, AVStream& stream, const Outline& outline) {
  const AVFormatContext& format = demuxer.format();
  const AVRational rate = rate_of(demuxer, stream);
  StreamFacts facts;
  FilmInfo& info = facts.info;
  info.rate = from_av(rate);
  info.tick = from_av(stream.time_base);
  info.container = outline.container == Container::iso ? "mp4" : format.iformat->name;
  info.container.resize(std::min(info.container.size(), info.container.find(',')));
  info.codec = avcodec_get_name(stream.codecpar->codec_id);
  info.audio = demuxer.sound() != nullptr;
  info.loops = outline.loops;
  if (stream.duration > 0) {
    info.seconds = static_cast<double>(stream.duration) * av_q2d(stream.time_base);
  } else if (format.duration > 0) {
    info.seconds = static_cast<double>(format.duration) / AV_TIME_BASE;
  }
  const bool nut = info.container == "nut";  // its times end where the last frame begins
  if (nut) info.seconds += 1 / av_q2d(rate);
  info.frames_exact = outline.frames.has_value() || stream.nb_frames > 0;
  info.frames = outline.frames         ? *outline.frames
                : stream.nb_frames > 0 ? stream.nb_frames
                                       : std::llround(std::min(info.seconds * av_q2d(rate), 1e15));
  // Chunks of a film go on where the one before ended.
  const std::int64_t begins = nut ? 0 : or_zero(format.start_time);
  facts.origin = av_rescale_q(begins, {1, AV_TIME_BASE}, stream.time_base);
  facts.end = end_of(format, stream, info.audio);
  facts.step = std::max<std::int64_t>(1, av_rescale_q(1, av_inv_q(rate), stream.time_base));
  if (const std::int32_t* matrix = display_matrix(stream)) {
    info.orientation = orientation_of(matrix);
    if (info.orientation == 0) {
      info.orientation = 1;
      info.notes.emplace_back("the film asks to be shown at a slant, which is not done.");
    }
  }
  return facts;
}

void describe_frame(const Demuxer& demuxer, AVStream& stream, AVFrame& frame,
                    const Meaning& meaning, FilmInfo& info) {
  info.stored = {frame.width, frame.height};
  const AVRational aspect = av_guess_sample_aspect_ratio(&demuxer.format(), &stream, &frame);
  if (aspect.num > 0 && aspect.den > 0 && av_q2d(aspect) > 0.05 && av_q2d(aspect) < 20) {
    info.pixel_aspect = from_av(aspect);
  }
  info.bits = bits_of(frame.format);
  info.alpha = has_alpha(frame.format);
  info.matrix = meaning.matrix == AVCOL_SPC_RGB
                    ? "rgb"
                    : name_or_unknown(av_color_space_name(meaning.matrix));
  info.range = meaning.full ? "full" : "limited";
  info.primaries = name_or_unknown(av_color_primaries_name(meaning.primaries));
  info.transfer = name_or_unknown(av_color_transfer_name(meaning.transfer));
  if (is_interlaced(frame)) {
    info.notes.emplace_back("the film is interlaced; its two fields are painted as one picture.");
  }
}

}  // namespace atelier::film
