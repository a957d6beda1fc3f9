// SPDX-License-Identifier: Apache-2.0
#include "provenance/credentials/media_type.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <string>

#include "atelier/base/error.hpp"
#include "provenance/descriptor.hpp"

namespace atelier::provenance {
namespace {

using namespace std::string_view_literals;

/// Bytes at a place, and bytes at another, where a second mark is needed.
struct Mark {
  MediaType type;
  std::string_view bytes;
  std::size_t at = 0;
  std::string_view more = {};
  std::size_t more_at = 0;
};

constexpr MediaType png{"image/png", "a PNG picture"}, jpeg{"image/jpeg", "a JPEG picture"},
    tiff{"image/tiff", "a TIFF picture"}, webp{"image/webp", "a WebP picture"},
    gif{"image/gif", "a GIF picture"}, mp4{"video/mp4", "an MP4 film"},
    mov{"video/quicktime", "a QuickTime film"}, avi{"video/avi", "an AVI film"},
    matroska{"video/x-matroska", "a Matroska or WebM film"}, wav{"audio/wav", "a WAV recording"},
    flac{"audio/flac", "a FLAC recording"}, mp3{"audio/mpeg", "an MP3 recording"},
    ogg{"audio/ogg", "an Ogg recording"}, midi{"audio/midi", "a MIDI file"},
    svg{"image/svg+xml", "an SVG picture"}, text{"text/plain", "a text"},
    other{"application/octet-stream", "a file of this kind"};

constexpr std::array marks{
    Mark{png, "\x89PNG\r\n\x1A\n"sv},
    Mark{jpeg, "\xFF\xD8\xFF"sv},
    Mark{tiff, "II*\0"sv},
    Mark{tiff, "MM\0*"sv},
    Mark{webp, "RIFF"sv, 0, "WEBP"sv, 8},
    Mark{wav, "RIFF"sv, 0, "WAVE"sv, 8},
    Mark{avi, "RIFF"sv, 0, "AVI "sv, 8},
    Mark{gif, "GIF8"sv},
    Mark{mov, "ftyp"sv, 4, "qt  "sv, 8},
    Mark{mp4, "ftyp"sv, 4},
    Mark{matroska, "\x1A\x45\xDF\xA3"sv},
    Mark{flac, "fLaC"sv},
    Mark{ogg, "OggS"sv},
    Mark{midi, "MThd"sv},
    Mark{mp3, "ID3"sv},
    Mark{mp3, "\xFF\xFB"sv},
    Mark{svg, "<svg"sv},
};

bool holds(std::string_view head, std::string_view bytes, std::size_t at) {
  return head.size() >= at && head.substr(at, bytes.size()) == bytes;
}

}  // namespace

MediaType media_type_of(const std::filesystem::path& file) {
  const Descriptor in(file, O_RDONLY | O_NONBLOCK);
  std::array<char, 16> bytes{};
  const ssize_t size = in.get() < 0 ? -1 : ::pread(in.get(), bytes.data(), bytes.size(), 0);
  if (size < 0) {
    fail(ErrorKind::bad_input, "{} cannot be read ({}); check the path.", file.string(),
         std::strerror(errno));
  }
  const std::string_view head(bytes.data(), static_cast<std::size_t>(size));
  for (const Mark& mark : marks) {
    if (holds(head, mark.bytes, mark.at) && holds(head, mark.more, mark.more_at)) return mark.type;
  }
  const std::string suffix = file.extension().string();
  if (suffix == ".svg") return svg;
  for (const char* known : {".txt", ".md", ".json", ".jsonl", ".abc", ".html", ".csv"}) {
    if (suffix == known) return text;
  }
  return other;
}

}  // namespace atelier::provenance
