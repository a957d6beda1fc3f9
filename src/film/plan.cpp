// SPDX-License-Identifier: Apache-2.0
#include "film/plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/film/reader.hpp"
#include "atelier/image/file.hpp"

namespace atelier::film {
namespace {

/// A container by its suffix: FFmpeg's name, the codecs it holds (the first one is `auto`), and
/// whether it has sound.
struct Container {
  std::string_view suffix, muxer;
  std::vector<std::string_view> codecs;
  bool sound;
};

const std::vector<Container>& containers() {
  static const std::vector<Container> all{
      {".mp4", "mp4", {"h264", "h265", "av1", "vp9"}, true},
      {".m4v", "mp4", {"h264", "h265", "av1", "vp9"}, true},
      {".mov", "mov", {"h264", "h265"}, true},
      {".mkv", "matroska", {"h264", "h265", "av1", "vp9", "ffv1"}, true},
      {".webm", "webm", {"vp9", "av1"}, true},
      {".gif", "gif", {"gif"}, false},
      {".webp", "webp", {"webp"}, false},
      {".nut", "nut", {"ffv1"}, false},
  };
  return all;
}

std::string suffix_of(const std::filesystem::path& path) {
  std::string suffix = path.extension().string();
  std::transform(suffix.begin(), suffix.end(), suffix.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return suffix;
}

const Container* container_of(const std::filesystem::path& path) {
  const std::string suffix = suffix_of(path);
  for (const Container& container : containers()) {
    if (container.suffix == suffix) return &container;
  }
  return nullptr;
}

/// FFmpeg's encoders of a codec, the preferred one first. Those of graphics cards are left out:
/// what they write depends on the card.
std::vector<std::string> encoders_of(std::string_view codec, bool full_chroma, image::Size size) {
  if (codec == "h264") return {"libx264"};
  if (codec == "h265") return {"libx265"};
  if (codec == "vp9") return {"libvpx-vp9"};
  if (codec == "ffv1" || codec == "gif") return {std::string(codec)};
  if (codec == "webp") return {"libwebp_anim"};
  // SVT-AV1 writes 4:2:0 alone, and nothing smaller than 64 px.
  const bool small = size.width > 0 && std::min(size.width, size.height) < 64;
  if (full_chroma || small) return {"libaom-av1"};
  return {"libsvtav1", "libaom-av1"};
}

std::string available(const std::vector<std::string>& encoders) {
  for (const std::string& name : encoders) {
    if (avcodec_find_encoder_by_name(name.c_str())) return name;
  }
  return "";
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    text += i == 0 ? "" : i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

/// The codec asked for, or for `auto` the container's first whose encoder is here.
std::string codec_of(const Container& container, const WriteOptions& options,
                     const std::string& name) {
  const std::string& asked = options.encode.codec;
  const bool full = options.encode.chroma == "444";
  if (asked != "auto") {
    if (std::find(container.codecs.begin(), container.codecs.end(), asked) ==
        container.codecs.end()) {
      fail(ErrorKind::invalid_argument, "{} cannot hold {}; choose auto{}{}, or another suffix.",
           name, asked, container.codecs.size() > 1 ? ", " : " (",
           joined(container.codecs) + (container.codecs.size() > 1 ? "" : ")"));
    }
    return asked;
  }
  for (const std::string_view codec : container.codecs) {
    if (!available(encoders_of(codec, full, options.size)).empty()) return std::string(codec);
  }
  return std::string(container.codecs.front());
}

/// CRF by quality, a straight line: the coarsest at 0, `fine` at 75 where frames can hardly be told
/// from the originals, further on to 100.
std::string crf(int quality, double coarse, double fine) {
  return std::to_string(std::lround(coarse - (coarse - fine) * quality / 75));
}

void choose_encoder(Plan& plan, const std::string& codec, const WriteOptions& options) {
  const int quality = options.encode.quality;
  const bool full = options.encode.chroma == "444";
  plan.format = full ? AV_PIX_FMT_YUV444P : AV_PIX_FMT_YUV420P;
  auto& set = plan.encoder_options;
  bool even = !full;
  if (codec == "h264") {
    // x264's macroblock tree reads memory that nobody wrote on processors with AVX-512, so that the
    // same frames give other bytes (seen in version 164 at many sizes below 512 px).
    set = {{"preset", "medium"}, {"crf", crf(quality, 45, 18)}, {"mbtree", "0"}};
  } else if (codec == "h265") {
    set = {{"preset", "medium"},
           {"crf", crf(quality, 47, 20)},
           {"x265-params", "log-level=none:frame-threads=2:pools=4"}};
    if (plan.muxer != "matroska") plan.codec_tag = MKTAG('h', 'v', 'c', '1');
  } else if (codec == "vp9") {
    set = {{"crf", crf(quality, 60, 22)},
           {"b", "0"},
           {"deadline", "good"},
           {"cpu-used", "3"},
           {"row-mt", "1"}};
    even = false;
  } else if (codec == "av1") {
    set = {{"crf", crf(quality, 62, 24)}};
    if (plan.encoder == "libsvtav1") {
      set.emplace_back("preset", "8");
    } else {
      set.insert(set.end(), {{"b", "0"}, {"cpu-used", "6"}, {"row-mt", "1"}});
    }
  } else if (codec == "ffv1") {
    plan.format = options.bits == 16 ? (options.alpha ? AV_PIX_FMT_GBRAP16LE : AV_PIX_FMT_GBRP16LE)
                                     : (options.alpha ? AV_PIX_FMT_BGRA : AV_PIX_FMT_BGR0);
    set = {{"level", "3"}, {"slices", "4"}, {"slicecrc", "1"}, {"context", "0"}};
    even = false;
  } else if (codec == "webp") {
    plan.format = AV_PIX_FMT_BGRA;
    set = {{"quality", std::to_string(quality)}, {"lossless", "0"}, {"compression_level", "4"}};
    even = false;
  } else {
    plan.format = AV_PIX_FMT_PAL8;
    even = false;
  }
  plan.coded = options.size;
  if (even)
    plan.coded = {options.size.width + options.size.width % 2,
                  options.size.height + options.size.height % 2};
}

void choose_container(Plan& plan, const WriteOptions& options) {
  if (plan.muxer == "mp4") plan.muxer_options = {{"movflags", "+faststart"}};
  if (plan.muxer == "mov") plan.muxer_options = {{"movflags", "+faststart+use_metadata_tags"}};
  if (plan.muxer == "gif") {
    plan.tick = {1, 100};
    // Netscape's extension counts repetitions, and a film played once has none.
    plan.muxer_options = {
        {"loop", std::to_string(options.loops == 1 ? -1 : std::max(options.loops - 1, 0))}};
  } else if (plan.muxer == "webp") {
    plan.tick = {1, 1000};
    plan.muxer_options = {{"loop", std::to_string(options.loops)}};
  } else {
    plan.comment = options.recipe;
  }
}

void check_numbers(const WriteOptions& options) {
  const auto& [num, den] = options.rate;
  if (!options.rate.known() || options.rate.value() > 1000 || options.rate.value() < 0.001) {
    fail(ErrorKind::invalid_argument, "{}/{} frames a second cannot be written; use 0.001..1000.",
         num, den);
  }
  if (options.tick.num < 0 || options.tick.den <= 0 || options.tick.value() > 1000) {
    fail(ErrorKind::invalid_argument,
         "a tick of {}/{} s cannot be written; use the film's own, or one frame.", options.tick.num,
         options.tick.den);
  }
  if (options.bits != 8 && options.bits != 16) {
    fail(ErrorKind::invalid_argument, "{} bits a channel cannot be written; use 8 or 16.",
         options.bits);
  }
  if (options.loops < 0 || options.loops > 65535) {
    fail(ErrorKind::invalid_argument, "{} loops are out of range; use 1..65535, or 0 for ever.",
         options.loops);
  }
  if (!std::isfinite(options.sound_start) || options.sound_start < 0) {
    fail(ErrorKind::invalid_argument, "sound cannot begin at {} s; use 0 or more.",
         options.sound_start);
  }
  if (options.recipe.size() > image::max_recipe_bytes) {
    fail(ErrorKind::invalid_argument,
         "a recipe of {} bytes is longer than the {} that a film keeps.", options.recipe.size(),
         image::max_recipe_bytes);
  }
  if (!options.recipe.empty() && !nlohmann::json::accept(options.recipe)) {
    fail(ErrorKind::invalid_argument, "the recipe is not JSON, so it cannot be kept in the film.");
  }
}

void check_size(const std::string& name, const Plan& plan, image::Size size) {
  if (size == image::Size{}) return;  // not known yet
  if (size.width < 1 || size.height < 1) {
    fail(ErrorKind::invalid_argument, "a film of {} x {} px cannot be written.", size.width,
         size.height);
  }
  const int limit = plan.encoder == "libx264" || plan.encoder == "libwebp_anim" ? 16383
                    : plan.encoder == "libsvtav1"                               ? 8704
                                                                                : 65535;
  const double pixels = static_cast<double>(size.width) * size.height;
  if (std::max(size.width, size.height) > limit || pixels > max_frame_pixels) {
    fail(ErrorKind::invalid_argument,
         "{} would have frames of {} x {} px and at most {} px an edge and {:.0f} million pixels "
         "can be written; "
         "make it smaller.",
         name, size.width, size.height, limit, max_frame_pixels / 1e6);
  }
  const int least = plan.encoder == "libx265" ? 32 : plan.encoder == "libsvtav1" ? 64 : 1;
  if (std::min(size.width, size.height) < least) {
    fail(ErrorKind::invalid_argument,
         "{} would have frames of {} x {} px and {} needs at least {} px an edge; make it larger.",
         name, size.width, size.height, plan.encoder, least);
  }
}

}  // namespace

const OptionTable<EncodeOptions>& encode_options() {
  static const OptionTable<EncodeOptions> table{
      {&EncodeOptions::codec,
       {.name = "film-codec",
        .group = "Film",
        .help = "how a film is encoded; auto takes H.264 for MP4, MOV and Matroska, VP9 for WebM",
        .unit = "",
        .min = {},
        .max = {},
        .choices = {"auto", "h264", "h265", "vp9", "av1", "ffv1"},
        .words = {}}},
      {&EncodeOptions::quality,
       {.name = "film-quality",
        .group = "Film",
        .help = "how much of each frame a film keeps; at 75 it can hardly be told from the frames",
        .unit = "",
        .min = 0,
        .max = 100,
        .choices = {},
        .words = {}}},
      {&EncodeOptions::chroma,
       {.name = "film-chroma",
        .group = "Film",
        .help = "colour at half resolution, as every player shows it, or at full",
        .unit = "",
        .min = {},
        .max = {},
        .choices = {"420", "444"},
        .words = {}}},
  };
  return table;
}

Plan plan_film(const std::filesystem::path& path, const WriteOptions& options) {
  quiet_ffmpeg();
  const std::string name = path.string();
  const Container* container = container_of(path);
  if (!container) {
    fail(
        ErrorKind::invalid_argument,
        "{} names no film that can be written; end it with .mp4, .mov, .mkv, .webm, .gif or .webp.",
        name.empty() ? "an empty path" : name);
  }
  for (const auto& entry : encode_options().entries()) {
    (void)parse_option(entry.spec, entry.get(options.encode),
                       option_to_json(entry.spec, entry.get(options.encode)));
  }
  check_numbers(options);
  const std::string codec = codec_of(*container, options, name);
  if (codec == "webp" && options.encode.chroma == "444") {
    fail(ErrorKind::invalid_argument, "{} cannot hold chroma 444; WebP has 420 alone.", name);
  }
  if (!options.recipe.empty() && container->suffix == ".nut") {
    fail(ErrorKind::invalid_argument, "{} cannot keep a recipe; choose .mkv.", name);
  }
  Plan plan;
  plan.suffix = container->suffix;
  plan.muxer = container->muxer;
  plan.encoder = available(encoders_of(codec, options.encode.chroma == "444", options.size));
  if (plan.encoder.empty() || !av_guess_format(plan.muxer.c_str(), nullptr, nullptr)) {
    fail(ErrorKind::missing_capability,
         "this system's FFmpeg cannot encode {} for {}; choose another film-codec or suffix, or "
         "install an FFmpeg with {}.",
         codec, name, encoders_of(codec, options.encode.chroma == "444", options.size).front());
  }
  plan.rate = options.rate;
  plan.tick = options.tick.known() ? options.tick : options.rate.inverse();
  plan.key_interval = std::clamp(static_cast<int>(std::lround(4 * options.rate.value())), 12, 250);
  plan.keeps_sound = container->sound;
  choose_encoder(plan, codec, options);
  choose_container(plan, options);
  check_size(name, plan, options.size);
  return plan;
}

Plan plan_chunk(const WriteOptions& options) {
  WriteOptions chunk = options;
  chunk.encode = {};
  chunk.recipe.clear();
  return plan_film("frames.nut", chunk);
}

bool has_film_suffix(const std::filesystem::path& path) {
  return container_of(path) != nullptr;
}

void check_film_output(const std::filesystem::path& path, const WriteOptions& options) {
  (void)plan_film(path, options);
  const std::string name = path.string();
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (std::filesystem::is_directory(status)) {
    fail(ErrorKind::invalid_argument, "{} is a folder; name a file in it.", name);
  }
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    fail(ErrorKind::io, "{} is not a file, so no film can take its place; choose another path.",
         name);
  }
  const std::filesystem::path parent = path.parent_path();
  if (!parent.empty() && !std::filesystem::is_directory(parent, error)) {
    fail(ErrorKind::io,
         "{} cannot be written: the folder {} does not exist; create it or choose another.", name,
         parent.string());
  }
  // Permissions say less than trying: read-only mounts, quotas, other users' folders, root.
  const AtomicFile trial(path);
}

}  // namespace atelier::film
