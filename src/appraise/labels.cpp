// SPDX-License-Identifier: Apache-2.0
#include "atelier/appraise/labels.hpp"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <utility>

#include "appraise/guesses.hpp"
#include "appraise/model.hpp"
#include "atelier/base/error.hpp"

namespace atelier::appraise {

struct Labels::Content {
  Model::Classes classes;
  std::string digest;
};

Labels::Labels(const std::filesystem::path& model) {
  Model known = load_model(model);
  if (known.content.names.empty()) {
    fail(ErrorKind::bad_input,
         "{} names no things; train it again with --content and --top, or use the one that comes "
         "along.",
         model.string());
  }
  content_ = std::make_unique<Content>(Content{std::move(known.content), std::move(known.digest)});
}

Labels::~Labels() = default;
Labels::Labels(Labels&&) noexcept = default;
Labels& Labels::operator=(Labels&&) noexcept = default;

std::vector<Guess> Labels::operator()(std::span<const float> means) const {
  const Model::Classes& classes = content_->classes;
  if (std::ssize(means) != classes.head.weights.size(0)) {
    fail(ErrorKind::invalid_argument, "things are named by {} numbers, not by {}.",
         classes.head.weights.size(0), means.size());
  }
  const c10::NoGradGuard frozen;
  const at::Tensor row = at::empty({std::ssize(means)}, at::kFloat);
  std::copy(means.begin(), means.end(), row.data_ptr<float>());
  return guesses(classes.names, probabilities(classes, row));
}

const std::string& Labels::digest() const noexcept {
  return content_->digest;
}

}  // namespace atelier::appraise
