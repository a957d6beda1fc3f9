// SPDX-License-Identifier: Apache-2.0
#include "atelier/gan/painter.hpp"

#include <ATen/ATen.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "gan/painter_content.hpp"
#include "gan/samples.hpp"
#include "nets/image_tensor.hpp"

namespace atelier::gan {
namespace {

constexpr std::int64_t mean_samples = 4096;
constexpr std::uint64_t mean_seed = 0;

}  // namespace

Painter::Content::Content(const std::filesystem::path& path, const std::string& name)
    : file(path), device(name), model(load_model(path, device)) {
  generator = make_generator(model.form, *model.parameters);
  const at::NoGradGuard no_gradient;
  const at::Tensor chance =
      chance_rows(mean_seed, "mean", 0, mean_samples, model.form.latent).to(device);
  for (int i = 0; i < std::max(1, model.form.classes); ++i) {
    styles.push_back(generator->style(chance, labels(i, mean_samples)).to(at::kCPU));
    means.push_back(styles.back().mean(0));
  }
  mean_of_all = at::stack(means).mean(0);
}

at::Tensor Painter::Content::labels(int which, std::int64_t count) const {
  if (model.form.classes == 0) return {};
  return at::full({count}, which, at::TensorOptions(at::kLong).device(device));
}

Latent Painter::Content::latent(const at::Tensor& styles_of_levels) const {
  const at::Tensor all = styles_of_levels.to(at::kCPU, at::kFloat).contiguous();
  const auto* from = all.data_ptr<float>();
  return {static_cast<int>(all.size(0)), static_cast<int>(all.size(1)),
          std::vector<float>(from, from + all.numel())};
}

at::Tensor Painter::Content::tensor(const Latent& latent) const {
  if (latent.levels != generator->levels() || latent.size != generator->style_size()) {
    fail(ErrorKind::invalid_argument, "the picture to paint is another generator's.");
  }
  return at::from_blob(const_cast<float*>(latent.values.data()), {latent.levels, latent.size},
                       at::kFloat)
      .clone()
      .to(device);
}

at::Tensor Painter::Content::paint(const at::Tensor& styles_of_levels) const {
  return generator->paint(styles_of_levels.unsqueeze(0), {1, &model.norms, nullptr});
}

Painter::Painter(const std::filesystem::path& model, const std::string& device)
    : content_(std::make_unique<const Content>(model, device)) {}

Painter::~Painter() = default;

const std::filesystem::path& Painter::file() const noexcept {
  return content_->file;
}

int Painter::size() const noexcept {
  return content_->model.form.size;
}

const std::string& Painter::digest() const noexcept {
  return content_->model.digest;
}

const std::vector<std::string>& Painter::classes() const noexcept {
  return content_->model.classes;
}

int Painter::class_named(const std::string& name) const {
  const auto& known = classes();
  const auto found = std::find(known.begin(), known.end(), name);
  if (found != known.end()) return static_cast<int>(found - known.begin());
  if (known.empty()) {
    fail(ErrorKind::invalid_argument, "this model knows no classes; leave --class out.");
  }
  fail(ErrorKind::invalid_argument, "this model knows no class {}; it knows {}.", name,
       fmt::join(known, ", "));
}

int Painter::levels() const noexcept {
  return static_cast<int>(content_->generator->levels());
}

Latent Painter::from_seed(std::uint64_t seed, double truncation, int of_class) const {
  const at::NoGradGuard no_gradient;
  const int classes = content_->model.form.classes;
  if (of_class >= std::max(classes, 1)) {
    fail(ErrorKind::invalid_argument, "there is no class {}; the generator knows {}.", of_class,
         classes);
  }
  if (of_class < 0 && classes > 0) {
    of_class =
        static_cast<int>(RandomStream(seed, "class").next() % static_cast<std::uint64_t>(classes));
  }
  const at::Tensor chance =
      chance_rows(seed, "seed", 0, 1, content_->model.form.latent).to(content_->device);
  const at::Tensor style =
      content_->generator->style(chance, content_->labels(of_class, 1)).to(at::kCPU).view(-1);
  const at::Tensor& mean = content_->means[static_cast<std::size_t>(std::max(of_class, 0))];
  return content_->latent(
      content_->generator->everywhere(at::lerp(mean, style, truncation).view({1, -1}))[0]);
}

Latent Painter::mean(int of_class) const {
  if (of_class >= static_cast<int>(content_->means.size())) {
    fail(ErrorKind::invalid_argument, "there is no class {}.", of_class);
  }
  const at::Tensor& style =
      of_class < 0 ? content_->mean_of_all : content_->means[static_cast<std::size_t>(of_class)];
  return content_->latent(content_->generator->everywhere(style.view({1, -1}))[0]);
}

image::Image Painter::paint(const Latent& latent) const {
  const at::NoGradGuard no_gradient;
  return nets::to_image(content_->paint(content_->tensor(latent)).to(at::kCPU));
}

std::vector<Direction> Painter::directions(int count) const {
  const at::Tensor all = at::cat(content_->styles).to(at::kDouble);
  const at::Tensor centred = all - all.mean(0);
  const at::Tensor covariance = centred.t().mm(centred) / static_cast<double>(all.size(0));
  const auto [variances, axes] = at::linalg_eigh(covariance);
  const at::Tensor deviations = axes * variances.clamp_min(0).sqrt();  // columns
  const at::Tensor read = content_->generator->reading().to(at::kCPU, at::kDouble).mm(deviations);
  const at::Tensor vectors = deviations.mm(std::get<1>(at::linalg_eigh(read.t().mm(read))));
  std::vector<Direction> result;
  const std::int64_t size = vectors.size(1);
  for (std::int64_t i = size - 1; i >= std::max<std::int64_t>(0, size - count); --i) {
    at::Tensor along = vectors.select(1, i);
    // The sign of a component is chance; its largest number is made positive.
    along = along * along[along.abs().argmax()].sign();
    const at::Tensor numbers = along.to(at::kFloat).contiguous();
    result.push_back({{numbers.data_ptr<float>(), numbers.data_ptr<float>() + numbers.numel()}});
  }
  return result;
}

}  // namespace atelier::gan
