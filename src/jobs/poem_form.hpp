// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/sequence/text_model.hpp"
#include "atelier/verse/constraint.hpp"
#include "atelier/verse/english_sounds.hpp"

namespace atelier::jobs {

/// The model that comes along for a form's language: its name in models/.
[[nodiscard]] std::string model_for_form(const std::string& form);

/// A form of poems beside a model that writes in it: tells the model's tokens that keep it.
class PoemForm {
 public:
  /// English poems are of words that the model's text held. Throws as verse::find_form(), the
  /// sounds' and the constraints' makers.
  PoemForm(const std::string& form, const verse::VerseOptions& options,
           const sequence::TextModel& model);

  /// A new poem.
  void begin();
  /// Leaves the tokens that may follow `body`, which begins with the first line that the options
  /// give and else is what was let through here since begin().
  void constrain(std::span<const sequence::Token> body, std::span<float> logits);

  [[nodiscard]] nlohmann::ordered_json check(std::string_view poem) const;

 private:
  const verse::Form& form_;
  verse::VerseOptions options_;
  verse::ChineseSounds chinese_;                   // of a Chinese form
  std::unique_ptr<verse::EnglishSounds> english_;  // of an English one
  std::unique_ptr<verse::Constraint> start_, now_;
  std::optional<std::size_t> seen_;  // tokens of the body, of which the first are the first line
  std::vector<std::uint8_t> allowed_;
};

}  // namespace atelier::jobs
