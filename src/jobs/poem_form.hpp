// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/sequence/document.hpp"
#include "atelier/sequence/text_model.hpp"
#include "atelier/verse/constraint.hpp"
#include "atelier/verse/english_sounds.hpp"

namespace atelier::jobs {

/// The model that comes along for a form's language: its name in models/.
[[nodiscard]] std::string model_for_form(const std::string& form);

/// A form of poems beside a model that writes in it: tells the model's tokens that keep it.
class PoemForm final : public sequence::DocumentForm {
 public:
  /// English poems are of words that the model's text held. Throws as verse::find_form(), the
  /// sounds' and the constraints' makers.
  PoemForm(const std::string& form, const verse::VerseOptions& options,
           const sequence::TextModel& model);

  /// `opening`: the first line that the options give.
  void begin(std::span<const sequence::Token> opening) override;
  void constrain(std::span<const sequence::Token> body, std::span<float> logits) override;
  [[nodiscard]] bool ends_line(std::span<const sequence::Token> body) override;
  void mark() override;
  void back() override;

  [[nodiscard]] nlohmann::ordered_json check(std::string_view poem) const;

 private:
  void follow(std::span<const sequence::Token> body);

  const verse::Form& form_;
  verse::VerseOptions options_;
  verse::ChineseSounds chinese_;                   // of a Chinese form
  std::unique_ptr<verse::EnglishSounds> english_;  // of an English one
  std::vector<std::string> pieces_;                // of the model
  std::unique_ptr<verse::Constraint> start_, now_, marked_;
  std::size_t followed_ = 0, followed_at_mark_ = 0;  // tokens of the body
  std::vector<std::uint8_t> allowed_;
};

}  // namespace atelier::jobs
