// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "music/abc_element.hpp"

namespace atelier::music {

/// One voice's music code, line by line, as elements. Messages begin with `name`, the tune's.
class AbcVoice {
 public:
  AbcVoice(std::string name, Key key, Metre metre, Tick unit);

  /// Takes a line that is no field. `number` is its place in the tune, for messages.
  void line(std::string_view text, int number);
  /// Takes a field in the body, K: M: L: Q: or P:; others change nothing.
  void field(char letter, std::string_view text);

  [[nodiscard]] const std::vector<AbcElement>& elements() const { return elements_; }
  /// Whether any note or rest came.
  [[nodiscard]] bool sounds() const { return sounds_; }

 private:
  /// A letter and its octave on the staff: 7 * octave + step.
  struct Staff {
    int place, pitch;
  };

  void token();
  void bar();
  void bracket();
  void chord();
  void quoted();
  void tuplet();
  void decoration(char close);
  void grace();
  void bars_of_rest();
  void ending();
  void sound(std::vector<int> pitches, Tick length);
  void broken();
  void new_bar();
  [[nodiscard]] bool is_note(std::size_t at) const;
  [[nodiscard]] int note();
  [[nodiscard]] Tick length_of(Tick unit);
  [[nodiscard]] int number(int otherwise);
  void add(AbcElement element);
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[noreturn]] void refuse(std::string_view why) const;

  std::string name_;
  Key key_;
  Metre metre_;
  Tick unit_;
  std::vector<AbcElement> elements_;
  bool sounds_ = false;

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 0;
  std::map<int, int> bar_alters_;        ///< signs of this bar by step, in every octave
  std::map<int, int> tied_alters_;       ///< of tied notes by place on the staff, over the bar line
  std::map<int, int> last_alters_;       ///< of the last sound by place on the staff
  std::ptrdiff_t last_sound_ = -1;       ///< for ties and broken rhythm
  Tick next_times_ = 1, next_over_ = 1;  ///< of a broken rhythm, for the next sound
  int tuplet_left_ = 0;
  Tick tuplet_times_ = 1, tuplet_over_ = 1;
};

}  // namespace atelier::music
