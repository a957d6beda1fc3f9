// SPDX-License-Identifier: Apache-2.0
#include "atelier/verse/chinese_sounds.hpp"

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/paths.hpp"
#include "atelier/base/utf8.hpp"
#include "atelier/verse/script.hpp"
#include "verse/mandarin.hpp"

namespace atelier::verse {
namespace {

constexpr std::uintmax_t most_table_bytes = std::uintmax_t{4} << 20;
constexpr const char* table_name = "models/verse_zh.json";

}  // namespace

ChineseSounds ChineseSounds::from_table(const nlohmann::json& table) {
  ChineseSounds sounds;
  try {
    const auto characters = [](const nlohmann::json& text) {
      return from_utf8(text.get_ref<const std::string&>(), "a table of sounds");
    };
    const auto add_tone = [&](const char* key, Tones tones) {
      for (const char32_t c : characters(table.at(key))) sounds.add(c, {tones, {}});
    };
    add_tone("level", level);
    add_tone("oblique", oblique);
    add_tone("either", either_tone);
    std::size_t group = 0;
    for (const nlohmann::json& rhymes : table.at("rhymes")) {
      if (group == most_groups) {
        fail(ErrorKind::bad_input, "the table of sounds has more than {} rhyme groups.",
             most_groups);
      }
      for (const char32_t c : characters(rhymes)) sounds.add(c, {no_tone, Groups().set(group)});
      ++group;
    }
  } catch (const nlohmann::json::exception& error) {
    fail(ErrorKind::bad_input, "the file is no table of sounds ({}).", error.what());
  }
  sounds.add_simplified();
  return sounds;
}

ChineseSounds ChineseSounds::read_table(const std::filesystem::path& file) {
  const std::string text = read_file(file, most_table_bytes);
  const auto table = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!table.is_object()) fail(ErrorKind::bad_input, "{} is no table of sounds.", file.string());
  return from_table(table);
}

ChineseSounds ChineseSounds::tang() {
  const std::filesystem::path file = own_data(table_name);
  if (file.empty()) {
    fail(ErrorKind::missing_weights,
         "{} is not there; install Atelier whole, or set ATELIER_DATA to its folder.", table_name);
  }
  return read_table(file);
}

ChineseSounds ChineseSounds::modern(int groups) {
  ChineseSounds sounds;
  constexpr char32_t first = 0x4E00, last = 0x9FFF;
  std::u32string block;
  for (char32_t c = first; c <= last; ++c) block.push_back(c);
  const std::vector<MandarinReading> readings = mandarin_readings(block);
  for (std::size_t i = 0; i < block.size(); ++i) {
    const int group = groups == 13 ? readings[i].group13 : readings[i].group18;
    if (group < 0) continue;
    sounds.add(block[i], {readings[i].tone <= 2 ? level : oblique,
                          Groups().set(static_cast<std::size_t>(group))});
  }
  return sounds;
}

ChineseSounds ChineseSounds::of_book(std::string_view book) {
  if (book == "modern18") return modern(18);
  if (book == "modern13") return modern(13);
  return tang();
}

void ChineseSounds::add(char32_t character, Sound sound) {
  Sound& known = sounds_[character];
  known.tones = static_cast<Tones>(known.tones | sound.tones);
  known.groups |= sound.groups;
}

void ChineseSounds::add_simplified() {
  std::u32string traditional;
  for (const auto& [character, sound] : sounds_) traditional.push_back(character);
  const std::u32string simplified = to_simplified(traditional);
  if (simplified.size() != traditional.size()) return;
  std::vector<Sound> known;
  for (const char32_t c : traditional) known.push_back(of(c));
  for (std::size_t i = 0; i < traditional.size(); ++i) {
    if (simplified[i] != traditional[i]) add(simplified[i], known[i]);
  }
}

Sound ChineseSounds::of(char32_t character) const {
  const auto found = sounds_.find(character);
  return found == sounds_.end() ? Sound{} : found->second;
}

}  // namespace atelier::verse
