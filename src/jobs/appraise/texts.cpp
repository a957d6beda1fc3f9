// SPDX-License-Identifier: Apache-2.0
#include "jobs/appraise/texts.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/file_search.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/base/utf8.hpp"
#include "jobs/english_sounds.hpp"
#include "jobs/own_model.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t most_bytes = std::uintmax_t{1} << 20;

bool is_text(const fs::path& path) {
  std::string suffix = path.extension().string();
  std::transform(suffix.begin(), suffix.end(), suffix.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return suffix == ".txt" && !path.filename().string().starts_with('.');
}

/// Texts that lie in a folder itself, or that a pattern names, sorted.
std::vector<fs::path> texts_in(const fs::path& named) {
  std::vector<fs::path> found;
  if (is_pattern(named.string())) {
    found = files_named(named.string()).files;
  } else {
    std::error_code error;
    for (fs::directory_iterator at(named, error), end; !error && at != end; at.increment(error)) {
      found.push_back(at->path());
    }
  }
  std::erase_if(found, [](const fs::path& path) { return !is_text(path); });
  std::sort(found.begin(), found.end());
  return found;
}

fs::path emotions_that_come_along() {
  return own_model("emotions", "name a model that `atelier train emotions` made with --text-model");
}

}  // namespace

NamedByKind by_kind(const std::vector<fs::path>& named) {
  NamedByKind result;
  std::set<fs::path> known;
  const auto add = [&](const fs::path& path, bool itself) {
    std::error_code error;
    const fs::path whole = fs::weakly_canonical(path, error);
    const fs::path& file = error ? path : whole;
    if (known.insert(file).second) result.texts.push_back({path, itself, file});
  };
  for (const fs::path& path : named) {
    const bool pattern = is_pattern(path.string());
    if (!pattern && !fs::is_directory(path)) {
      if (is_text(path)) {
        add(path, true);
      } else {
        result.pictures.push_back(path);
      }
      continue;
    }
    const std::vector<fs::path> texts = texts_in(path);
    if (texts.empty() || !pictures_in(path).empty()) {
      result.pictures.push_back(path);
    } else {
      for (const fs::path& text : texts) add(text, false);
    }
  }
  return result;
}

std::string load_text(const fs::path& path) {
  std::string text = read_file(path, most_bytes);
  static_cast<void>(from_utf8(text, path.string()));
  return text;
}

TextAppraiser::TextAppraiser(fs::path emotions, std::vector<Reference> reference,
                             std::size_t nearest)
    : named_model_(std::move(emotions)), reference_(std::move(reference)), nearest_(nearest) {
  if (reference_.empty()) return;
  std::vector<std::string> texts;
  for (const Reference& of : reference_) texts.push_back(of.text);
  likeness_.emplace(texts);
}

AppraisedText TextAppraiser::operator()(const AskedPicture& asked) {
  AppraisedText result;
  result.path = asked.path;
  const Stopwatch watch(result.seconds);
  verse::TitledPoem poem = verse::without_title(load_text(asked.path));
  result.title = std::move(poem.title);
  result.text = std::move(poem.text);
  try {
    if (verse::language_of(result.text) == verse::Language::chinese) {
      if (!chinese_) chinese_ = verse::ChineseSounds::tang();
      result.portrait = verse::portrait_of_chinese(result.text, *chinese_);
    } else {
      if (!emotions_) {
        model_ = named_model_.empty() ? emotions_that_come_along() : named_model_;
        emotions_.emplace(model_);
      }
      if (!english_) english_ = english_sounds();
      result.portrait = verse::portrait_of_english(result.text, *english_);
      result.felt = (*emotions_)(result.text);
    }
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::bad_input) throw;
    fail(ErrorKind::bad_input, "{}: {}", asked.path.string(), error.what());
  }
  if (!likeness_) return result;
  const auto itself = std::find_if(reference_.begin(), reference_.end(),
                                   [&](const Reference& of) { return of.file == asked.file; });
  for (const appraise::TextNeighbour& near : likeness_->nearest(
           result.text, nearest_, static_cast<std::size_t>(itself - reference_.begin()))) {
    result.nearest.push_back({reference_[near.place].path, near.likeness, near.shared});
  }
  return result;
}

std::string TextAppraiser::model_sha256() const {
  return emotions_ ? emotions_->digest() : std::string();
}

}  // namespace atelier::jobs
