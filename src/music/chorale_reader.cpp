// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>

#include "atelier/base/error.hpp"
#include "atelier/music/chorale.hpp"

namespace atelier::music {
namespace {

constexpr std::size_t most_pieces = 100'000;

using Pitches = std::array<int, chorale_voices>;

/// Gives fewer than four pitches to the voices that move least, in their order.
Pitches assigned(const std::vector<int>& given, const Pitches& last) {
  Pitches best{};
  int least = -1;
  for (unsigned chosen = 0; chosen < 1U << chorale_voices; ++chosen) {
    if (std::popcount(chosen) != std::ssize(given)) continue;
    Pitches pitches;
    pitches.fill(ChoraleStep::rest);
    int moved = 0;
    std::size_t next = 0;
    for (std::size_t v = 0; v < chorale_voices; ++v) {
      if (!(chosen >> v & 1U)) continue;
      pitches[v] = given[next++];
      moved += std::abs(pitches[v] - last[v]);
    }
    if (least >= 0 && moved >= least) continue;
    least = moved;
    best = pitches;
  }
  return best;
}

/// Takes the JSON as it is read, so that no tree of it is built; what has another form is refused
/// at once.
class Reader : public nlohmann::json_sax<nlohmann::json> {
 public:
  [[nodiscard]] std::map<std::string, std::vector<Chorale>> take() {
    if (!closed_ && error_.empty()) error_ = "it does not end";
    if (!error_.empty()) fail(ErrorKind::bad_input, "the chorales cannot be read: {}.", error_);
    return std::move(sets_);
  }

  bool null() override { return refuse("a null stands in it"); }
  bool boolean(bool) override { return refuse("a truth value stands in it"); }
  bool string(string_t&) override { return refuse("a text stands in it"); }
  bool binary(binary_t&) override { return refuse("bytes stand in it"); }
  bool number_integer(number_integer_t value) override { return pitch(static_cast<double>(value)); }
  bool number_unsigned(number_unsigned_t value) override {
    return pitch(static_cast<double>(value));
  }
  bool number_float(number_float_t value, const string_t&) override { return pitch(value); }

  bool start_object(std::size_t) override {
    if (depth_ != 0) return refuse("an object stands within it");
    depth_ = 1;
    return true;
  }
  bool key(string_t& name) override {
    set_ = &sets_[name];
    if (sets_.size() > 100) return refuse("it has more than 100 sets");
    return true;
  }
  bool end_object() override {
    closed_ = true;
    return true;
  }

  bool start_array(std::size_t) override {
    if (depth_ == 0) return refuse("it is no object of sets");
    if (depth_ == 4) return refuse("lists are nested deeper than pitches in sixteenths in pieces");
    ++depth_;
    if (depth_ == 3) {
      if (++pieces_ > most_pieces) return refuse("it has more than 100,000 pieces");
      set_->emplace_back();
      last_ = {71, 65, 60, 52};  // where voices are at home
    }
    if (depth_ == 4) given_.clear();
    return true;
  }
  bool end_array() override {
    if (depth_ == 4) step();
    --depth_;
    return error_.empty();
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    return refuse("byte " + std::to_string(position) + " is no JSON");
  }

 private:
  bool refuse(std::string why) {
    if (error_.empty()) error_ = std::move(why);
    return false;
  }

  bool pitch(double value) {
    if (depth_ != 4) return refuse("a number stands outside a sixteenth");
    if (!(value >= 1 && value <= 127) || value != std::floor(value))
      return refuse("a pitch is no whole number in 1..127");
    if (given_.size() == chorale_voices) return refuse("a sixteenth has more than four pitches");
    given_.push_back(static_cast<int>(value));
    return true;
  }

  void step() {
    Chorale& chorale = set_->back();
    if (chorale.steps.size() == max_chorale_steps) {
      refuse("a piece has more than 16,384 sixteenths");
      return;
    }
    ChoraleStep step;
    step.pitch = assigned(given_, last_);
    for (std::size_t v = 0; v < chorale_voices; ++v) {
      const int pitch = step.pitch[v];
      const int before = chorale.steps.empty() ? ChoraleStep::rest : chorale.steps.back().pitch[v];
      step.struck[v] = pitch != ChoraleStep::rest && pitch != before;
      if (pitch != ChoraleStep::rest) last_[v] = pitch;
    }
    chorale.steps.push_back(step);
  }

  std::map<std::string, std::vector<Chorale>> sets_;
  std::vector<Chorale>* set_ = nullptr;
  std::vector<int> given_;
  Pitches last_{};
  std::string error_;
  std::size_t pieces_ = 0;
  int depth_ = 0;  ///< 1 in the object, 2 in a set, 3 in a piece, 4 in a sixteenth
  bool closed_ = false;
};

}  // namespace

std::map<std::string, std::vector<Chorale>> read_chorales(std::string_view json) {
  if (json.size() > max_chorale_bytes)
    fail(ErrorKind::bad_input, "the chorales have {} bytes; at most {} are read.", json.size(),
         max_chorale_bytes);
  Reader reader;
  static_cast<void>(nlohmann::json::sax_parse(json, &reader));
  return reader.take();
}

}  // namespace atelier::music
