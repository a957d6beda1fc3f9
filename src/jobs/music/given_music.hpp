// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "atelier/jobs/compose.hpp"
#include "atelier/music/key.hpp"
#include "atelier/music/score.hpp"

namespace atelier::jobs {

/// A piece from a file by suffix: MIDI (.mid, .midi) or the first tune of ABC (.abc). Throws Error
/// bad_input, in one sentence, when it cannot be read or has no note; invalid_argument for another
/// suffix.
[[nodiscard]] music::Score read_music(const std::filesystem::path& path);

/// The same times on a grid of `steps` to a quarter. Throws Error invalid_argument, naming the
/// first note that is not on it: what is given must stay as it is.
[[nodiscard]] music::Score on_grid(const music::Score& score, int steps,
                                   const std::filesystem::path& path);

/// "G", "Gm", "F# minor", "Bb", "d dorian"; nothing for an empty text. Throws Error
/// invalid_argument.
[[nodiscard]] std::optional<music::Key> key_option(const std::string& text);
/// "3/4"; 4/4 for an empty text. Throws Error invalid_argument.
[[nodiscard]] music::Metre metre_option(const std::string& text);

/// The program of a voice: the voice's own of --instruments, their last, or `otherwise`.
[[nodiscard]] int instrument(const ComposeOptions& options, std::size_t voice, int otherwise);

/// Sets tempo, metre and key from the beginning on.
void set_signatures(music::Score& score, int quarters_a_minute, music::Metre metre, music::Key key);

}  // namespace atelier::jobs
