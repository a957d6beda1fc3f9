// SPDX-License-Identifier: Apache-2.0
#include "jobs/poem_form.hpp"

#include <limits>

#include "atelier/verse/check.hpp"
#include "jobs/english_sounds.hpp"

namespace atelier::jobs {
namespace {

using sequence::Token;
using sequence::Tokenizer;

std::vector<std::string> pieces_of(const Tokenizer& tokenizer) {
  std::vector<std::string> pieces;
  for (int token = 0; token < tokenizer.vocabulary(); ++token) {
    pieces.emplace_back(tokenizer.bytes_of(static_cast<Token>(token)));
  }
  return pieces;
}

}  // namespace

std::string model_for_form(const std::string& form) {
  return verse::find_form(form).language == verse::Language::chinese ? "poems_zh" : "poems_en";
}

PoemForm::PoemForm(const std::string& form, const verse::VerseOptions& options,
                   const sequence::TextModel& model)
    : form_(verse::find_form(form)), options_(options), pieces_(pieces_of(model.tokenizer())) {
  allowed_.resize(pieces_.size());
  if (form_.language == verse::Language::chinese) {
    chinese_ = verse::ChineseSounds::of_book(options.rhyme_book);
    start_ = verse::chinese_constraint(form_, options_, chinese_, pieces_);
  } else {
    english_ = std::make_unique<verse::EnglishSounds>(english_sounds());
    if (!model.words().empty()) english_->limit_words(model.words());
    start_ = verse::english_constraint(form_, options_, *english_, pieces_);
  }
}

void PoemForm::begin(std::span<const Token> opening) {
  now_ = start_->clone();
  followed_ = opening.size();
}

void PoemForm::follow(std::span<const Token> body) {
  for (; followed_ < body.size(); ++followed_) now_->append(body[followed_]);
}

void PoemForm::constrain(std::span<const Token> body, std::span<float> logits) {
  follow(body);
  constexpr float never = -std::numeric_limits<float>::infinity();
  const bool may_end = now_->may_end(), is_full = now_->next() == verse::Next::poem_end;
  if (!is_full) now_->allowed(allowed_);
  for (std::size_t token = 0; token < logits.size(); ++token) {
    const bool allowed = token == Tokenizer::end ? may_end : !is_full && allowed_[token] != 0;
    if (!allowed) logits[token] = never;
  }
}

bool PoemForm::ends_line(std::span<const Token> body) {
  follow(body);
  return verse::ends_line(form_.language, pieces_[body.back()]) &&
         now_->next() != verse::Next::poem_end;
}

void PoemForm::mark() {
  marked_ = now_->clone();
  followed_at_mark_ = followed_;
}

void PoemForm::back() {
  now_ = marked_->clone();
  followed_ = followed_at_mark_;
}

nlohmann::ordered_json PoemForm::check(std::string_view poem) const {
  return form_.language == verse::Language::chinese
             ? verse::check_chinese(poem, form_, options_, chinese_)
             : verse::check_english(poem, form_, options_, *english_);
}

}  // namespace atelier::jobs
