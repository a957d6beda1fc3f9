// SPDX-License-Identifier: Apache-2.0
#include "studio/files/file_type.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "atelier/base/utf8.hpp"

namespace atelier::studio {
namespace {

using namespace std::string_view_literals;

/// What a packed set ends with (train/picture_set.hpp).
constexpr std::string_view set_mark = "ATELSET1";

/// Bytes at a place that only this type has there.
struct Magic {
  std::size_t at;
  std::string_view bytes;
  std::string_view kind, media, suffix;
};

constexpr std::array magics{
    Magic{0, "\x89PNG\r\n\x1a\n"sv, "picture", "image/png", "png"},
    Magic{0, "\xff\xd8\xff"sv, "picture", "image/jpeg", "jpg"},
    Magic{0, "II*\0"sv, "picture", "image/tiff", "tif"},
    Magic{0, "MM\0*"sv, "picture", "image/tiff", "tif"},
    Magic{8, "WEBP"sv, "picture", "image/webp", "webp"},
    Magic{0, "GIF8"sv, "film", "image/gif", "gif"},
    Magic{4, "ftyp"sv, "film", "video/mp4", "mp4"},
    Magic{8, "WAVE"sv, "music", "audio/wav", "wav"},
    Magic{0, "MThd"sv, "music", "audio/midi", "mid"},
    Magic{0, "fLaC"sv, "music", "audio/flac", "flac"},
    Magic{0, "OggS"sv, "music", "audio/ogg", "ogg"},
    Magic{0, "GIMP Palette"sv, "palette", "text/plain; charset=utf-8", "gpl"},
    Magic{0, "ASEF"sv, "palette", "application/octet-stream", "ase"},
    Magic{0, "%PDF-"sv, "drawing", "application/pdf", "pdf"},
    Magic{4, "jumb"sv, "credential", "application/c2pa", "c2pa"},
    Magic{0, "PK\x03\x04"sv, "archive", "application/zip", "zip"},
    Magic{257, "ustar"sv, "archive", "application/x-tar", "tar"},
};

/// Matroska names its kind within its first element.
std::optional<FileType> matroska(std::string_view head) {
  if (!head.starts_with("\x1a\x45\xdf\xa3"sv)) return std::nullopt;
  const bool webm = head.substr(0, 64).find("webm") != head.npos;
  return FileType{"film", webm ? "video/webm" : "video/x-matroska", webm ? "webm" : "mkv"};
}

/// A length of eight bytes, then a JSON object of that length.
bool is_safetensors(std::string_view head) {
  if (head.size() < 10 || head[8] != '{') return false;
  std::uint64_t length = 0;
  for (int i = 7; i >= 0; --i) length = length << 8 | static_cast<unsigned char>(head[i]);
  return length >= 2 && length <= (std::uint64_t{100} << 20);
}

bool is_text(std::string_view head) {
  head.remove_suffix(head.size() == sniffed_bytes ? unfinished_bytes(head) : 0);
  while (!head.empty()) {
    const auto point = first_code_point(head);
    if (!point) return false;
    const char32_t c = point->value;
    if ((c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7F) return false;
    head.remove_prefix(point->bytes);
  }
  return true;
}

/// Whether a text begins with lower-case ASCII, in whatever case.
bool begins_like(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() &&
         std::equal(lower.begin(), lower.end(), text.begin(), [](char a, char b) {
           return a == std::tolower(static_cast<unsigned char>(b));
         });
}

FileType text_type(std::string_view head) {
  constexpr std::string_view mark = "\xef\xbb\xbf";
  if (head.starts_with(mark)) head.remove_prefix(mark.size());
  const auto first = head.find_first_not_of(" \t\r\n");
  const std::string_view text = first == head.npos ? std::string_view() : head.substr(first);
  const auto has = [&](std::string_view what) { return text.find(what) != text.npos; };
  if (has("<score-partwise")) {
    return {"music", "application/vnd.recordare.musicxml+xml", "musicxml"};
  }
  if (begins_like(text, "<!doctype html") || begins_like(text, "<html"))
    return {"page", "text/html; charset=utf-8", "html"};
  if (text.starts_with('<') && has("<svg")) return {"drawing", "image/svg+xml", "svg"};
  if (text.starts_with("<?xml")) return {"text", "application/xml", "xml"};
  if (text.starts_with("X:")) return {"music", "text/vnd.abc; charset=utf-8", "abc"};
  if (has(":root") && has("--")) return {"palette", "text/css; charset=utf-8", "css"};
  if (text.starts_with('{') || text.starts_with('[')) return {"text", "application/json", "json"};
  return {"text", "text/plain; charset=utf-8", "txt"};
}

}  // namespace

std::optional<FileType> sniff(std::string_view head, std::string_view tail) {
  // First of all: what a set begins with are its pictures' bytes, which may be any.
  if (tail == set_mark) return FileType{"dataset", "application/octet-stream", "set"};
  for (const Magic& magic : magics) {
    if (head.size() < magic.at + magic.bytes.size()) continue;
    if (head.substr(magic.at, magic.bytes.size()) != magic.bytes) continue;
    if (magic.at == 8 && !head.starts_with("RIFF")) continue;
    return FileType{std::string(magic.kind), std::string(magic.media), std::string(magic.suffix)};
  }
  if (auto film = matroska(head)) return film;
  if (is_safetensors(head)) return FileType{"model", "application/octet-stream", "safetensors"};
  if (!head.empty() && is_text(head)) return text_type(head);
  return std::nullopt;
}

}  // namespace atelier::studio
