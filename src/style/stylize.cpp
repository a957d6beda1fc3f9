// SPDX-License-Identifier: Apache-2.0
#include "atelier/style/stylize.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <new>
#include <optional>

#include "atelier/base/error.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/tensor/compute.hpp"
#include "nets/image_tensor.hpp"
#include "nets/network.hpp"
#include "nets/passes/make_pass.hpp"
#include "style/colour/colouring.hpp"
#include "style/film/memory.hpp"
#include "style/guides.hpp"
#include "style/held_checkpoint.hpp"
#include "style/layer_losses.hpp"
#include "style/objective.hpp"
#include "style/optimizers/optimizer.hpp"
#include "style/region_options.hpp"
#include "style/scales.hpp"
#include "style/start.hpp"
#include "style/texture.hpp"
#include "tensor/spill.hpp"

namespace atelier::style {
namespace {

constexpr int min_edge = 16;

void check_picture(const image::Image& picture, const char* role) {
  if (picture.width < min_edge || picture.height < min_edge) {
    fail(ErrorKind::invalid_argument,
         "the {} picture is {} x {} px; each edge needs at least {} px.", role, picture.width,
         picture.height, min_edge);
  }
}

void check_mask(const std::optional<image::Mask>& mask, const image::Image& content) {
  if (!mask || (mask->width == content.width && mask->height == content.height &&
                mask->values.size() == content.pixels())) {
    return;
  }
  fail(ErrorKind::invalid_argument,
       "a mask is {} x {} px; it must have the content's size, {} x {}.", mask->width, mask->height,
       content.width, content.height);
}

void check_masks(const StylizePictures& pictures) {
  const StylizeMasks& masks = pictures.masks;
  if (!masks.styles.empty() && masks.styles.size() != pictures.styles.size()) {
    fail(ErrorKind::invalid_argument, "there are {} masks for {} styles; give one each or none.",
         masks.styles.size(), pictures.styles.size());
  }
  for (const auto& mask : masks.styles) check_mask(mask, pictures.content);
  check_mask(masks.content, pictures.content);
  check_mask(masks.protect, pictures.content);
}

void check_last(const LastPainting& last, const image::Image& frame) {
  const auto fits = [&](const auto& of) {
    return of.width == frame.width && of.height == frame.height;
  };
  if (fits(last.moved) && fits(last.trust) && last.trust.values.size() == frame.pixels()) return;
  fail(ErrorKind::invalid_argument,
       "the last painting has {} x {} px, its trust {} x {} and the frame {} x {}; they need one "
       "size.",
       last.moved.width, last.moved.height, last.trust.width, last.trust.height, frame.width,
       frame.height);
}

image::Size fitted(image::Size picture, int long_edge) {
  const image::Size size = image::fit_long_edge(picture, long_edge);
  return {std::max(size.width, min_edge), std::max(size.height, min_edge)};
}

/// Steps of a film's frame at the smallest size, for each at its own: there they cost little, and
/// what has just come into sight gets its large forms.
constexpr int coarse_steps = 2;

/// A film's next frame begins near its end: the usual first step would undo what was painted.
double first_step(const StylizeOptions& options, bool next_frame) {
  constexpr double of_frames = 0.005;
  return next_frame && options.step_size == 0 && options.optimizer == "lbfgs" ? of_frames
                                                                              : options.step_size;
}

/// One run: what stays the same from scale to scale, and how far it has come.
class Run {
 public:
  Run(const nets::FeatureNet& net, StylizePictures pictures, const StylizeOptions& options,
      const OnStep& on_step, std::stop_token stop, StyleMemory* memory)
      : net_(net),
        options_(options),
        on_step_(on_step),
        stop_(std::move(stop)),
        memory_(memory ? memory->held() : own_memory_.held()),
        size_{pictures.content.width, pictures.content.height},
        long_edge_(std::max(size_.width, size_.height)),
        scales_(plan_scales(long_edge_, options.min_size, options.scale_step, options.iterations,
                            options.first_iterations)),
        began_(std::chrono::steady_clock::now()) {
    device_ = tensor::set_up(options.device, options.threads).device;
    engine_ =
        nets::settled_engine(net.network(), options.engine, at::device(device_).dtype(at::kFloat));
    if (device_.is_cpu() && engine_ != "torch") one_threaded_torch_.emplace();
    colouring_.emplace(options, pictures);
    content_ = taken(pictures.content);
    for (image::Image& style : pictures.styles) styles_.push_back(taken(style));
    if (pictures.init) init_ = taken(*pictures.init);
    masks_ = to_tensors(pictures.masks, device_);
    if (options.init == "fast") {
      scales_ =
          refining_scales(long_edge_, options.min_size, options.scale_step, options.iterations);
    }
    if (pictures.last) {
      moved_ = taken(pictures.last->moved);
      trust_ = to_tensor(pictures.last->trust, device_);
      scales_ = plan_scales(long_edge_, options.min_size, options.scale_step,
                            options.frame_iterations, coarse_steps * options.frame_iterations);
    }
    alpha_ = std::move(pictures.content.alpha);
    bits_ = pictures.content.bits;
    const std::vector<std::string> layers = objective_layers(options);
    tile_ = tile_edge(options);
    if (!memory_.pass) {
      memory_.pass = std::make_unique<TiledPass>(
          net.network(), layers,
          nets::make_pass(net.network(), layers, content_.options(), engine_), tile_);
    }
    on_scale_ = std::move(pictures.on_scale);
    if (pictures.statistics) {
      memory_.pass->remember_in(
          std::move(pictures.statistics),
          fmt::format("{} {} {} {} {} {} {}", net.name(), net.digest(), options.pooling,
                      options.padding, options.strides, engine_, device_.str()));
    }
    for (const Scale& scale : scales_) {
      planned_iterations_ += scale.iterations;
      planned_work_ += work(scale);
    }
    optimizer_ = make_optimizer(options.optimizer, first_step(options, pictures.last.has_value()));
    checkpoint_ = std::move(pictures.checkpoint);
    if (checkpoint_) go_on_from(checkpoint_->held().found());
  }

  StylizeResult paint() {
    at::Tensor x;
    if (moved_.defined()) x = next_frame(moved_, trust_, content_);
    for (at_scale_ = resumed_ ? static_cast<std::size_t>(resumed_->scale) : 0;
         at_scale_ < scales_.size(); ++at_scale_) {
      x = paint_scale(scales_[at_scale_], x);
      if (reason_ == StopReason::time_limit || reason_ == StopReason::cancelled) break;
    }
    return finish(x);
  }

 private:
  /// A picture's colours, which are gone from it then.
  [[nodiscard]] at::Tensor taken(image::Image& picture) const {
    at::Tensor rgb = nets::to_tensor(picture, device_);
    std::vector<float>().swap(picture.rgb);
    return rgb;
  }

  /// What an iteration costs is in proportion to its pixels.
  static double work(const Scale& scale) {
    return static_cast<double>(scale.iterations) * scale.long_edge * scale.long_edge;
  }

  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
  }

  [[nodiscard]] std::vector<at::Tensor> styles_for(const Scale& scale) const {
    std::vector<at::Tensor> styles;
    for (const at::Tensor& style : styles_) {
      const int edge =
          std::max(min_edge, static_cast<int>(std::lround(scale.long_edge * options_.style_scale)));
      styles.push_back(nets::resize(style, fitted(size_of(style), edge)));
    }
    return styles;
  }

  /// Also says where the photograph shows through from now on.
  [[nodiscard]] Scene scene(const at::Tensor& content, const std::vector<at::Tensor>& styles) {
    const image::Size size = size_of(content);
    const SceneMasks masks = resized(masks_, size);
    reach_ = reached(masks);
    shown_through_ = content;
    Scene scene = guided_scene(net_, memory_.pass->layers(), options_, content, styles, masks);
    if (moved_.defined()) {
      scene.moved = nets::resize(moved_, size);
      scene.trust = resized(trust_, size);
    }
    return scene;
  }

  [[nodiscard]] at::Tensor shown(const at::Tensor& x) const {
    return laid_over(shown_through_, x, reach_);
  }

  /// Whether the last frame's objective is at hand, which needs no styles any more. Where it looks
  /// at faces, its regions are each frame's own.
  [[nodiscard]] bool knows_styles(image::Size size) const {
    if (!moved_.defined() || protects_faces(options_)) return false;
    const auto known = memory_.of_frames.find({size.width, size.height});
    return known != memory_.of_frames.end() && known->second;
  }

  Objective& objective_for(image::Size size, const Scene& scene) {
    std::unique_ptr<Objective>& objective =
        moved_.defined() ? memory_.of_frames[{size.width, size.height}] : memory_.of_still;
    if (knows_styles(size)) {
      objective->show(scene);
    } else {
      objective.reset();  // makes room
      objective = std::make_unique<Objective>(*memory_.pass, options_, scene);
    }
    objective_ = objective.get();
    return *objective;
  }

  [[nodiscard]] at::Tensor first_picture(const at::Tensor& content,
                                         const std::vector<at::Tensor>& styles) const {
    if (!init_.defined()) return start_picture(options_.init, options_.seed, content, styles);
    return dithered(nets::resize(init_, size_of(content)), options_.seed);
  }

  [[nodiscard]] at::Tensor begun(const at::Tensor& content, const std::vector<at::Tensor>& styles,
                                 const at::Tensor& coarser) const {
    if (moved_.defined()) return nets::resize(coarser, size_of(content));
    if (coarser.defined()) return enlarged_painting(coarser, content_, content);
    return first_picture(content, styles);
  }

  at::Tensor paint_scale(const Scale& scale, const at::Tensor& coarser) {
    const bool finest = scale.long_edge == long_edge_;
    const image::Size size = fitted(size_, scale.long_edge);
    const at::Tensor content = finest ? content_ : nets::resize(content_, size);
    const std::vector<at::Tensor> styles =
        knows_styles(size) ? std::vector<at::Tensor>{} : styles_for(scale);
    optimizer_->begin(size, scale.iterations);
    int done = 0;
    at::Tensor x;
    if (resumed_) {
      x = resumed_picture(size, done);
    } else {
      x = begun(content, styles, coarser);
      colouring_->constrain(x);
    }
    const at::Tensor start = x;
    Objective& objective = objective_for(size, scene(content, styles));
    if (done == 0) inspect(scale, content, styles, x, /*ended=*/false);
    const int done_before = iterations_ - done;
    for (int i = done; i < scale.iterations; ++i) {
      if (stopped()) {
        if (reason_ == StopReason::cancelled) keep(i, x, /*last=*/true);
        break;
      }
      auto evaluation = objective.evaluate(shown(x), /*with_gradient=*/true);
      if (reach_.defined()) evaluation.gradient.mul_(reach_);  // the chain rule through shown()
      if (!std::isfinite(evaluation.losses.total)) {
        fail(ErrorKind::invalid_argument,
             "the loss is no longer a number at {} px; a smaller --step-size or --style-weight "
             "helps.",
             scale.long_edge);
      }
      if (options_.until_loss > 0 && evaluation.losses.total <= options_.until_loss) {
        if (finest) reason_ = StopReason::loss_reached;
        break;
      }
      if (i == 0 || evaluation.losses.total < best_loss_) {
        best_ = x;
        best_loss_ = evaluation.losses.total;
        best_losses_ = evaluation.losses;
      }
      colouring_->constrain(evaluation.gradient);
      x = optimizer_->step(x, evaluation.losses.total, evaluation.gradient);
      report(scale, evaluation.losses, x);
      keep(i + 1, x, /*last=*/false);
    }
    done_work_ = work_before(at_scale_ + 1);
    x = optimizer_->result(x);
    inspect({scale.long_edge, iterations_ - done_before}, content, styles, x, /*ended=*/true);
    return moved_.defined() && !finest ? repainted(coarser, start, x) : x;
  }

  /// Work of so many scales.
  [[nodiscard]] double work_before(std::size_t scales) const {
    double sum = 0;
    for (std::size_t i = 0; i < scales; ++i) sum += work(scales_[i]);
    return sum;
  }

  /// Where a run before was; the picture and the optimiser follow once their scale has begun.
  void go_on_from(std::optional<PaintingState>& found) {
    resumed_ = std::exchange(found, std::nullopt);
    steps_ = checkpoint_->steps();
    if (!resumed_) return;
    const auto here = static_cast<std::size_t>(resumed_->scale);
    if (here >= scales_.size() || resumed_->done_here < 0 ||
        resumed_->done_here > scales_[here].iterations) {
      fail_unfit();
    }
    const Scale& scale = scales_[here];
    iterations_ = static_cast<int>(steps_.size());
    done_work_ = work_before(here) + work({scale.long_edge, resumed_->done_here});
    began_ -= std::chrono::duration_cast<std::chrono::steady_clock::duration>(
        std::chrono::duration<double>(resumed_->seconds));
  }

  [[noreturn]] void fail_unfit() const {
    fail(ErrorKind::bad_input, "{} does not fit this painting; remove it to begin from the start.",
         checkpoint_->held().file().string());
  }

  /// The picture that a run before was at, after `done` steps at this scale.
  at::Tensor resumed_picture(image::Size size, int& done) {
    PaintingState state = std::move(*resumed_);
    resumed_.reset();
    const auto fits = [&](const at::Tensor& picture) {
      return picture.sizes() == at::IntArrayRef({1, 3, size.height, size.width});
    };
    if (!fits(state.picture) || (state.best.defined() && !fits(state.best))) fail_unfit();
    for (auto& [name, tensor] : state.optimizer) {
      if (tensor.scalar_type() == at::kFloat) tensor = tensor.to(device_);
    }
    optimizer_->restore(std::move(state.optimizer));
    if (state.best.defined()) best_ = state.best.to(device_);
    best_losses_ = state.best_losses;
    best_loss_ = best_losses_.total;
    done = state.done_here;
    return state.picture.to(device_);
  }

  /// `done`: steps at this scale, of which the last led to x.
  void keep(int done, const at::Tensor& x, bool last) {
    if (!checkpoint_) return;
    const auto state = [&] {
      return PaintingState{.scale = static_cast<int>(at_scale_),
                           .done_here = done,
                           .seconds = seconds(),
                           .tile = tile_,
                           .engine = engine_,
                           .picture = x,
                           .best = done > 0 ? best_ : at::Tensor(),
                           .best_losses = best_losses_,
                           .steps = steps_,
                           .optimizer = optimizer_->state()};
    };
    checkpoint_->held().keep(state, last);
  }

  void inspect(const Scale& scale, const at::Tensor& content, const std::vector<at::Tensor>& styles,
               const at::Tensor& x, bool ended) {
    if (!on_scale_) return;
    on_scale_({scale.long_edge, ended ? scale.iterations : 0, ended,
               layer_losses(*memory_.pass, options_, scene(content, styles), x)});
  }

  bool stopped() {
    if (stop_.stop_requested()) {
      reason_ = StopReason::cancelled;
    } else if (options_.time_limit > 0 && seconds() >= options_.time_limit) {
      reason_ = StopReason::time_limit;
    }
    return reason_ != StopReason::iterations;
  }

  void report(const Scale& scale, const Losses& losses, const at::Tensor& x) {
    ++iterations_;
    done_work_ += static_cast<double>(scale.long_edge) * scale.long_edge;
    if (!on_step_ && !checkpoint_) return;
    Step step;
    step.scale = scale.long_edge;
    step.iteration = iterations_;
    step.iterations = planned_iterations_;
    step.seconds = seconds();
    step.remaining = step.seconds * (planned_work_ - done_work_) / done_work_;
    step.losses = losses;
    if (checkpoint_) steps_.push_back(step);
    if (!on_step_) return;
    on_step_(step, [&] { return colouring_->finished(shown(optimizer_->result(x))); });
  }

  /// The last step's picture, or the best one seen at the full size should that step have led
  /// upwards.
  StylizeResult finish(const at::Tensor& x) {
    at::Tensor full = nets::resize(x, size_);
    if (!best_.defined() || best_.sizes() != full.sizes()) {  // ended at a smaller size
      (void)objective_for(size_, scene(content_, styles_for(scales_.back())));
    }
    StylizeResult result;
    result.losses = objective_->evaluate(shown(full), /*with_gradient=*/false).losses;
    if (best_.defined() && best_.sizes() == full.sizes() && best_loss_ < result.losses.total) {
      full = best_;
      result.losses = best_losses_;
    }
    result.iterations = iterations_;
    result.seconds = seconds();
    result.stop_reason = reason_;
    result.tile = memory_.pass->tile_count(size_of(full)) == 1 ? tile_off : tile_;
    result.engine = engine_;
    own_memory_.held() = StyleMemory::Held{};  // makes room
    result.image = colouring_->finished(shown(full));
    result.image.alpha = std::move(alpha_);
    result.image.bits = bits_;
    return result;
  }

  const nets::FeatureNet& net_;
  const StylizeOptions& options_;
  const OnStep& on_step_;
  OnScale on_scale_;
  std::stop_token stop_;
  StyleMemory own_memory_;
  StyleMemory::Held& memory_;
  Objective* objective_ = nullptr;  // in memory_: of the last size begun
  image::Size size_;
  int long_edge_;
  std::vector<Scale> scales_;
  int tile_ = 0;
  std::string engine_;
  std::unique_ptr<Optimizer> optimizer_;
  std::chrono::steady_clock::time_point began_;
  at::Device device_ = at::kCPU;
  std::optional<tensor::OneThreadedTorch> one_threaded_torch_;
  std::optional<Colouring> colouring_;
  at::Tensor content_, init_, moved_, trust_;
  std::vector<at::Tensor> styles_;
  SceneMasks masks_;
  at::Tensor reach_, shown_through_;  // of this scale: laid_over()
  std::vector<float> alpha_;
  int bits_ = 8;
  at::Tensor best_;  // of this scale
  double best_loss_ = 0;
  Losses best_losses_;
  int iterations_ = 0, planned_iterations_ = 0;
  double done_work_ = 0, planned_work_ = 0;
  StopReason reason_ = StopReason::iterations;
  std::size_t at_scale_ = 0;
  std::shared_ptr<Checkpoint> checkpoint_;
  std::optional<PaintingState> resumed_;  // until its scale has begun
  std::vector<Step> steps_;               // where there is a checkpoint
};

/// What the program chose then, it takes again.
void settle_as_before(StylizeOptions& options, const std::optional<PaintingState>& found) {
  if (!found) return;
  if (options.tile == tile_auto) options.tile = found->tile;
  if (options.engine == "auto") options.engine = found->engine;
}

/// Pictures of the content's size that a run keeps besides its optimizer's: the photograph, the
/// painting, its gradient, the best so far, and some on their way from scale to scale.
constexpr int run_pictures = 8;
/// Of one mask or region: itself at full size, and as layers from relu1_1 on see it.
constexpr double region_bytes_per_pixel = 16;
/// Activations of a content layer, as of relu4_2.
constexpr double content_layer_bytes_per_pixel = 32;

}  // namespace

Room estimated_room(const StylizeOptions& options, image::Size content) {
  const double pixels = static_cast<double>(content.width) * content.height;
  const double picture = 3 * sizeof(float) * pixels;
  const int pictures =
      run_pictures + optimizer_pictures(options.optimizer, content) + colouring_pictures(options);
  const tensor::SpillableBytes each = tensor::spillable_bytes(picture);
  const tensor::SpillableBytes layer =
      tensor::spillable_bytes(content_layer_bytes_per_pixel * pixels);
  const auto layers = static_cast<double>(with_own_layers(options).content_layers.size());
  const double regions = region_bytes_per_pixel * pixels * static_cast<double>(mask_count(options));
  // What is read and what is written stand in memory whole, before and after the tiles.
  return {std::max(pass_bytes(options, content) + pictures * each.memory + layers * layer.memory +
                       regions,
                   weights_bytes(options) + 2 * picture),
          pictures * each.disk + layers * layer.disk};
}

StylizeResult stylize(const nets::FeatureNet& net, StylizePictures pictures,
                      const StylizeOptions& options, const OnStep& on_step, std::stop_token stop,
                      StyleMemory* memory) {
  check_options(options, pictures.styles.size());
  StylizeOptions settled = with_own_layers(options);
  if (pictures.checkpoint) settle_as_before(settled, pictures.checkpoint->held().found());
  check_picture(pictures.content, "content");
  for (const auto& style : pictures.styles) check_picture(style, "style");
  check_masks(pictures);
  if (pictures.last) check_last(*pictures.last, pictures.content);
  const image::Size size{pictures.content.width, pictures.content.height};
  try {
    take_texture(net, pictures, settled, stop);
    return Run(net, std::move(pictures), settled, on_step, std::move(stop), memory).paint();
  } catch (const std::bad_alloc&) {
    // Told below, together with torch's own way of saying it.
  } catch (const c10::Error& error) {
    const std::string message = error.what_without_backtrace();
    if (message.find("memory") == std::string::npos) throw;
  }
  fail(ErrorKind::out_of_memory, "{} x {} px do not fit into memory; use a smaller --size.",
       size.width, size.height);
}

}  // namespace atelier::style
