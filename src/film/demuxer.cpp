// SPDX-License-Identifier: Apache-2.0
#include "film/demuxer.hpp"

extern "C" {
#include <libavutil/avstring.h>
}

#include <array>
#include <fstream>
#include <vector>

#include "atelier/base/error.hpp"

namespace atelier::film {
namespace {

/// FFmpeg's names of formats that hold what they play. A file that says to be a playlist could have
/// others read, on this machine or another.
constexpr const char* formats =
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,yuv4mpegpipe,gif,apng,mpegts,mpeg,mpegvideo,flv,asf,"
    "ogg,nut,h264,hevc,m4v,ivf,obu,av1,dv,mxf,gxf,wtv,rm,vob,roq,smk,bink,avs,nuv,cavsvideo,vc1,"
    "dirac,mjpeg,nsv,flic,film_cpk,thp,wav,mp3,flac,aac,aiff,ac3,w64,caf";

}  // namespace

Demuxer::Demuxer(const std::filesystem::path& path) {
  quiet_ffmpeg();
  forget_reasons();
  Options options;
  options.set("format_whitelist", formats);
  options.set("protocol_whitelist", "file");
  int code = avformat_open_input(&format_, file_url(path).c_str(), nullptr, options.get());
  if (code >= 0) code = avformat_find_stream_info(format_, nullptr);
  if (code < 0) {
    avformat_close_input(&format_);
    fail(ErrorKind::bad_input,
         "{} cannot be opened as a film ({}); choose another, or convert it to MP4.", path.string(),
         reason(code));
  }
}

AVStream* Demuxer::pictures() const {
  AVStream* best = nullptr;
  for (unsigned i = 0; i < format_->nb_streams; ++i) {
    AVStream* stream = format_->streams[i];
    if (stream->codecpar->codec_type != AVMEDIA_TYPE_VIDEO) continue;
    if (stream->disposition & (AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS))
      continue;
    const bool preferred = (stream->disposition & AV_DISPOSITION_DEFAULT) != 0;
    if (!best || (preferred && !(best->disposition & AV_DISPOSITION_DEFAULT))) best = stream;
  }
  return best;
}

AVStream* Demuxer::sound() const {
  const int index = av_find_best_stream(format_, AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0);
  if (index < 0) return nullptr;
  AVStream* stream = format_->streams[index];
  return stream->codecpar->sample_rate > 0 ? stream : nullptr;
}

void Demuxer::choose(const AVStream& chosen) {
  for (unsigned i = 0; i < format_->nb_streams; ++i) {
    AVStream* stream = format_->streams[i];
    stream->discard = stream == &chosen ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
  }
}

bool is_known_to_ffmpeg(const std::filesystem::path& path) {
  quiet_ffmpeg();
  std::ifstream file(path, std::ios::binary);
  std::vector<unsigned char> head(65536 + AVPROBE_PADDING_SIZE);
  file.read(reinterpret_cast<char*>(head.data()), 65536);
  const std::string name;  // the suffix must not count
  AVProbeData probe{};
  probe.filename = name.c_str();
  probe.buf = head.data();
  probe.buf_size = static_cast<int>(file.gcount());
  if (probe.buf_size < 16) return false;
  int score = 0;
  const AVInputFormat* format = av_probe_input_format3(&probe, 1, &score);
  static constexpr const char* sounds = "wav,mp3,flac,aac,aiff,ac3,w64,caf";
  return format && score > AVPROBE_SCORE_RETRY && av_match_list(format->name, formats, ',') > 0 &&
         av_match_list(format->name, sounds, ',') == 0;
}

}  // namespace atelier::film
