// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "atelier/appraise/aesthetics.hpp"
#include "atelier/image/image.hpp"
#include "atelier/nets/feature_net.hpp"

namespace atelier::appraise {

/// A class and how sure the model is of it, 0..1.
struct Guess {
  std::string name;
  double probability = 0;
};

/// The share of viewers who would name an emotion before this work.
struct Emotion {
  std::string name;
  double share = 0;        ///< foretold, 0..1
  double average = 0;      ///< over all works that were learned from
  double correlation = 0;  ///< Spearman's on works and artists never learned from, and its interval
  double low = 0, high = 0;
  double error = 0;  ///< mean absolute error of shares there
};

/// A work among hands (src/appraise/hand.hpp): a vector of length 1.
using Hand = std::vector<float>;

/// How typical a work is of some works by one painter: evidence, no verdict.
struct Attribution {
  int works = 0;        ///< that it was compared with
  double likeness = 0;  ///< mean cosine to them, -1..1
  double usual = 0;     ///< median likeness of one of them to the rest
  /// Of the works and this one together, the share that are no more like the rest than it is: a
  /// conformal p value (Vovk, Gammerman, Shafer 2005). Small: a stranger among them.
  double typical = 0;
  /// Share of the works that the model learned from, by other painters for the most part, that are
  /// less like them than this one is.
  double nearer_than_others = 0;
};

/// What a look at a work tells.
struct Appraisal {
  std::vector<Guess> style;       ///< all classes, likeliest first; probabilities sum to 1
  double strangeness = 0;         ///< src/appraise/outside.hpp
  double strange_above = 0;       ///< ... above which it is none of the classes
  std::vector<Guess> content;     ///< ImageNet's classes, likeliest first; empty where not learned
  std::vector<Emotion> emotions;  ///< those that are offered, greatest share first
  Aesthetics aesthetics;
  Hand hand;
  /// The share of people's works, never learned from, that look at least as much like what networks
  /// of Atelier's paint, 0..1; none where that was not learned.
  std::optional<double> people_like_machines;

  static constexpr double rarely = 0.02;
  /// Whether it looks as people's works rarely do. Of other machines nothing was learned.
  [[nodiscard]] bool machine_like() const noexcept {
    return people_like_machines && *people_like_machines <= rarely;
  }
  [[nodiscard]] bool none_of_these() const noexcept { return strangeness > strange_above; }
};

/// The network that an appraisal looks with. Throws Error as nets::FeatureNet::load().
[[nodiscard]] nets::FeatureNet load_eyes();

/// Tells what a work is: style, things in it, what viewers feel, and what can be measured.
///
/// A frozen EfficientNet-Lite0 sees the work (src/appraise/features.hpp); linear heads that `train
/// appraisal` learned read what it shows. How right they are, on artists never seen, stands in
/// docs/appraise.md; the probabilities are calibrated there. Immutable; safe to use from several
/// threads.
class Appraiser {
 public:
  /// `model`: a file that training wrote, with the same eyes. Throws Error missing_weights when it
  /// is not there, bad_input when it is damaged or was trained with others.
  Appraiser(const std::filesystem::path& model, nets::FeatureNet eyes);
  ~Appraiser();
  Appraiser(Appraiser&&) noexcept;
  Appraiser& operator=(Appraiser&&) noexcept;

  /// `picture`: each edge >= 16 px. Throws Error invalid_argument for a smaller one.
  [[nodiscard]] Appraisal operator()(const image::Image& picture) const;

  /// Appraisal::hand alone.
  [[nodiscard]] Hand hand_of(const image::Image& picture) const;

  static constexpr std::size_t least_reference = 5;
  /// Compares a work with works by one painter, the work itself not among them. Throws Error
  /// invalid_argument for fewer than `least_reference`.
  [[nodiscard]] Attribution compare(const std::vector<Hand>& reference, const Hand& work) const;

  /// SHA-256 of the model's tensors.
  [[nodiscard]] const std::string& digest() const noexcept;
  /// Names of styles that it tells apart.
  [[nodiscard]] const std::vector<std::string>& styles() const noexcept;

 private:
  struct Content;

  std::unique_ptr<Content> content_;
};

}  // namespace atelier::appraise
