// SPDX-License-Identifier: Apache-2.0
// Sound is taken over: copied packet by packet, or encoded anew.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "film/demuxer.hpp"
#include "films.hpp"

namespace atelier::film {
namespace {

using testing::HasSubstr;

class SoundTaken : public InFolder {
 protected:
  void SetUp() override {
    if (!can_write(".mkv", "h264")) GTEST_SKIP();
    write_bytes(in_folder("tone.wav"), tone(2));
  }

  /// 2 s of film with this sound; its notes.
  std::vector<std::string> write(const char* name, const char* sound, double start = 0,
                                 int frames = 50) {
    WriteOptions options{.size = {64, 64}};
    options.sound_from = in_folder(sound);
    options.sound_start = start;
    FilmWriter writer(in_folder(name), options);
    for (int k = 0; k < frames; ++k) writer.add(scene(k, options.size));
    writer.finish();
    return writer.notes();
  }

  struct Packets {
    std::string codec, bytes;
    double begin = 0, end = 0;
    int count = 0;
  };
  Packets packets(const char* name) {
    Demuxer demuxer(in_folder(name));
    const AVStream* stream = demuxer.sound();
    if (!stream) return {};
    demuxer.choose(*stream);
    Packets result;
    result.codec = avcodec_get_name(stream->codecpar->codec_id);
    const PacketPtr packet = new_packet();
    const double origin = demuxer.format().start_time == AV_NOPTS_VALUE
                              ? 0
                              : static_cast<double>(demuxer.format().start_time) / AV_TIME_BASE;
    while (demuxer.read(*packet) >= 0) {
      if (packet->stream_index == stream->index) {
        const double at = static_cast<double>(packet->pts) * av_q2d(stream->time_base) - origin;
        if (result.count++ == 0) result.begin = at;
        result.end = at + static_cast<double>(packet->duration) * av_q2d(stream->time_base);
        result.bytes.append(reinterpret_cast<const char*>(packet->data),
                            static_cast<std::size_t>(packet->size));
      }
      av_packet_unref(packet.get());
    }
    return result;
  }
};

TEST_F(SoundTaken, PcmIsCopiedIntoMatroska) {
  EXPECT_TRUE(write("a.mkv", "tone.wav").empty());
  const Packets from = packets("tone.wav"), to = packets("a.mkv");
  EXPECT_EQ(to.codec, "pcm_s16le");
  EXPECT_TRUE(from.bytes == to.bytes);
  EXPECT_NEAR(to.begin, 0, 0.002);
  EXPECT_TRUE(FilmReader(in_folder("a.mkv")).info().audio);
  EXPECT_EQ(read_all(in_folder("a.mkv")).size(), 50U);
}

TEST_F(SoundTaken, EncodedAnewWhereTheContainerDoesNotHoldIt) {
  const auto notes = write("a.mp4", "tone.wav");
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_THAT(notes[0], HasSubstr("aac"));
  const Packets aac = packets("a.mp4");
  EXPECT_EQ(aac.codec, "aac");
  EXPECT_NEAR(aac.end, 2, 0.05);
  // What was encoded is copied from then on.
  EXPECT_TRUE(write("b.mov", "a.mp4").empty());
  EXPECT_TRUE(write("b.mkv", "a.mp4").empty());
  for (const char* name : {"b.mov", "b.mkv"}) {
    const Packets copied = packets(name);
    EXPECT_EQ(copied.codec, "aac");
    EXPECT_NE(aac.bytes.find(copied.bytes.substr(copied.bytes.size() / 2)), std::string::npos)
        << name;
    EXPECT_GE(copied.count, aac.count - 2) << name;
  }
  if (!can_write(".webm", "vp9")) return;
  EXPECT_THAT(write("c.webm", "a.mp4").at(0), HasSubstr("opus"));
  const Packets opus = packets("c.webm");
  EXPECT_EQ(opus.codec, "opus");
  EXPECT_NEAR(opus.end, 2, 0.06);
}

/// Decoded samples of a film's sound, one channel.
std::vector<float> samples_of(const std::filesystem::path& path, double& first) {
  Demuxer demuxer(path);
  const AVStream* stream = demuxer.sound();
  demuxer.choose(*stream);
  const AVCodec* decoder = avcodec_find_decoder(stream->codecpar->codec_id);
  const CodecPtr codec = new_codec(decoder);
  avcodec_parameters_to_context(codec.get(), stream->codecpar);
  codec->pkt_timebase = stream->time_base;
  EXPECT_EQ(avcodec_open2(codec.get(), decoder, nullptr), 0);
  std::vector<float> samples;
  const PacketPtr packet = new_packet();
  const FramePtr frame = new_frame();
  bool more = true, any = false;
  while (more) {
    more = demuxer.read(*packet) >= 0;
    avcodec_send_packet(codec.get(), more ? packet.get() : nullptr);
    av_packet_unref(packet.get());
    while (avcodec_receive_frame(codec.get(), frame.get()) == 0) {
      if (!any)
        first = static_cast<double>(frame->best_effort_timestamp) * av_q2d(stream->time_base);
      any = true;
      EXPECT_EQ(frame->format, AV_SAMPLE_FMT_FLTP);
      const auto* data = reinterpret_cast<const float*>(frame->extended_data[0]);
      samples.insert(samples.end(), data, data + frame->nb_samples);
    }
  }
  return samples;
}

TEST_F(SoundTaken, StaysInStep) {
  // Half a second of silence, then a tone: where it begins, before and after being encoded anew.
  std::string wave = tone(2);
  std::memset(wave.data() + 44, 0, 44100);
  write_bytes(in_folder("late.wav"), wave);
  for (const auto& [start, expected] : {std::pair{0.0, 0.5}, std::pair{0.3, 0.2}}) {
    write("a.mp4", "late.wav", start, 30);
    double first = 0;
    const auto samples = samples_of(in_folder("a.mp4"), first);
    const auto loud =
        std::find_if(samples.begin(), samples.end(), [](float v) { return std::abs(v) > 0.1F; });
    ASSERT_NE(loud, samples.end());
    EXPECT_NEAR(first + static_cast<double>(loud - samples.begin()) / 44100, expected, 0.03);
    const float most = *std::max_element(samples.begin(), samples.end());
    EXPECT_NEAR(most, 8000.0 / 32768, 0.05);
    EXPECT_NEAR(packets("a.mp4").end, 1.2, 0.05) << "sound ends with the film";
  }
}

TEST_F(SoundTaken, NoneWhereThereIsNone) {
  write_scenes(in_folder("mute.nut"), 3, {.size = {64, 64}});
  EXPECT_TRUE(write("a.mp4", "mute.nut", 0, 3).empty());
  EXPECT_FALSE(FilmReader(in_folder("a.mp4")).info().audio);
  for (const char* name : {"a.gif", "a.webp"}) {
    if (!can_write(std::filesystem::path(name).extension(), "auto")) continue;
    EXPECT_THAT(write(name, "tone.wav", 0, 3).at(0), HasSubstr("no sound"));
  }
  EXPECT_EQ(refusal([&] { write("b.mp4", "none.wav", 0, 3); }).kind, ErrorKind::bad_input);
}

TEST_F(SoundTaken, SameBytesTwice) {
  write("a.mp4", "tone.wav");
  write("b.mp4", "tone.wav");
  EXPECT_TRUE(bytes_of(in_folder("a.mp4")) == bytes_of(in_folder("b.mp4")));
}

}  // namespace
}  // namespace atelier::film
