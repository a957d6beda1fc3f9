// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "atelier/base/options.hpp"
#include "atelier/base/progress.hpp"
#include "atelier/palette/colour_vision.hpp"
#include "atelier/palette/contrast.hpp"
#include "atelier/palette/harmony.hpp"
#include "atelier/palette/palette.hpp"
#include "atelier/palette/tone.hpp"

namespace atelier::jobs {

/// How colours are looked for. Ranges and help stand in palette_option_table().
struct PaletteOptions {
  int colors = 0;               ///< 0: counted
  std::string scheme = "none";  ///< outputs hold this scheme, built on the main colour, instead
};
[[nodiscard]] const OptionTable<PaletteOptions>& palette_option_table();

/// The colours of a work, and what they make together.
struct PaletteRequest {
  std::filesystem::path input;                      ///< a picture, or a palette file
  std::vector<std::filesystem::path> outputs = {};  ///< palette files and swatch pictures
  std::filesystem::path views = {};                 ///< a folder for pictures; empty: none
  PaletteOptions options;
};

struct PaletteReport {
  std::filesystem::path input;
  palette::Palette palette;
  std::optional<palette::Tone> tone;  ///< of a picture
  palette::Harmony harmony;
  std::vector<palette::ContrastPair> contrasts;  ///< every pair, the greatest first
  std::vector<palette::Confusion> confusions;    ///< pairs that colour-blind eyes take for one
  std::vector<palette::Palette> proposed;        ///< every scheme, built on the main colour
  std::vector<std::filesystem::path> outputs, views;
  int asked = 0;  ///< for so many colours
  double seconds = 0;
  std::int64_t peak_rss_bytes = 0;
};
[[nodiscard]] nlohmann::json to_json(const PaletteReport& report);

/// Finds (or reads) the colours and writes every output, by its suffix: .gpl, .ase, .css and .json
/// hold the palette, a picture format a swatch sheet. `views` gets one PNG for each kind of colour
/// blindness, one in grey and a study in five values, at the picture's own size up to 2048 px.
///
/// Throws Error bad_input for what cannot be read, invalid_argument for a suffix that names no
/// format, an output that is the input, views or a scheme of nothing; io where nothing can be
/// written; all before any output is written.
[[nodiscard]] PaletteReport find_palette(const PaletteRequest& request);

/// How a picture is brought into a palette. Ranges and help stand in recolour_option_table().
struct RecolourSettings {
  int colors = 0;  ///< of a picture that is named as palette
  double strength = 1;
  std::string shares = "palette";  ///< or "free"
};
[[nodiscard]] const OptionTable<RecolourSettings>& recolour_option_table();

struct RecolourRequest {
  std::filesystem::path picture;
  std::filesystem::path palette;  ///< a palette file, or a picture whose colours are taken
  std::filesystem::path output;
  bool keep_lightness = false;
  RecolourSettings options;
};

struct RecolourReport {
  std::filesystem::path picture, output;
  palette::Palette palette;
  int width = 0, height = 0, bits = 8;
  double seconds = 0;
  std::int64_t peak_rss_bytes = 0;
};
[[nodiscard]] nlohmann::json to_json(const RecolourReport& report);

/// Recolours from disk to disk, in strips of rows, pictures of any size: upright, with the alpha
/// and the depth of the picture, tagged sRGB, with its recipe. Throws Error as find_palette() does,
/// and cancelled when it was stopped: nothing is written then.
[[nodiscard]] RecolourReport recolour(const RecolourRequest& request,
                                      const OnProgress& on_progress = {},
                                      std::stop_token stop = {});

}  // namespace atelier::jobs
