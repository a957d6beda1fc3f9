// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cctype>

#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/catalogue/works.hpp"
#include "atelier/image/file.hpp"
#include "catalogue/text_limits.hpp"

namespace atelier::catalogue {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::pair<std::string_view, std::string_view>, 24> media_types{{
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".tif", "image/tiff"},
    {".tiff", "image/tiff"},
    {".webp", "image/webp"},
    {".gif", "image/gif"},
    {".svg", "image/svg+xml"},
    {".mp4", "video/mp4"},
    {".webm", "video/webm"},
    {".mkv", "video/matroska"},
    {".mid", "audio/midi"},
    {".midi", "audio/midi"},
    {".wav", "audio/vnd.wave"},
    {".flac", "audio/flac"},
    {".mp3", "audio/mpeg"},
    {".ogg", "audio/ogg"},
    {".abc", "text/vnd.abc"},
    {".musicxml", "application/vnd.recordare.musicxml+xml"},
    {".mxl", "application/vnd.recordare.musicxml"},
    {".txt", "text/plain"},
    {".md", "text/markdown"},
    {".pdf", "application/pdf"},
    {".json", "application/json"},
}};

std::string_view media_type_of(const fs::path& file) {
  std::string suffix = file.extension().string();
  std::transform(suffix.begin(), suffix.end(), suffix.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto found = std::find_if(media_types.begin(), media_types.end(),
                                  [&](const auto& type) { return type.first == suffix; });
  return found == media_types.end() ? "application/octet-stream" : found->second;
}

/// Edges of what is a picture; 0 of what is none, or one that cannot be read.
image::Size edges_of(const fs::path& file, std::string_view media_type) {
  if (!media_type.starts_with("image/")) return {};
  try {
    return image::probe(file).size;
  } catch (const Error&) {
    return {};
  }
}

}  // namespace

WorkFile read_work_file(const Catalogue& catalogue, const fs::path& file) {
  std::error_code error;
  const fs::path whole = fs::canonical(file, error);
  if (error || !fs::is_regular_file(whole))
    fail(ErrorKind::bad_input, "{} is no file that can be read.", shown(file.string()));
  check_line("file's path", whole.string(), 4096);
  const fs::path home = fs::canonical(catalogue.folder());
  const fs::path inside = whole.lexically_relative(home);
  const std::string_view type = media_type_of(whole);
  const image::Size size = edges_of(whole, type);
  return {.version = 0,
          .digest = sha256_file(whole),
          .bytes = static_cast<std::int64_t>(fs::file_size(whole)),
          .media_type = std::string(type),
          .path = *inside.begin() == ".." ? whole.string() : inside.string(),
          .width = size.width,
          .height = size.height};
}

fs::path path_of(const Catalogue& catalogue, const WorkFile& file) {
  return catalogue.folder() / file.path;
}

}  // namespace atelier::catalogue
