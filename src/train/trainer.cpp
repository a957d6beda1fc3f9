// SPDX-License-Identifier: Apache-2.0
#include "train/trainer.hpp"

#include <ATen/ATen.h>

#include <chrono>
#include <cmath>
#include <optional>

#include "atelier/base/error.hpp"
#include "atelier/base/stopwatch.hpp"
#include "nets/image_tensor.hpp"
#include "train/checkpoint.hpp"
#include "train/run_log.hpp"

namespace atelier::train {
namespace {

constexpr const char* checkpoint_name = "checkpoint.safetensors";

Checkpoint last_of_run(const std::filesystem::path& folder) {
  std::optional<Checkpoint> checkpoint = load_checkpoint(folder / checkpoint_name);
  if (!checkpoint) {
    fail(ErrorKind::bad_input, "{} holds no checkpoint; name a run's folder or a trained model.",
         folder.string());
  }
  return std::move(*checkpoint);
}

class Run {
 public:
  Run(Task& task, const TrainOptions& options, const RunPlace& place, Group& group,
      const RunListeners& listeners)
      : task_(task), options_(options), place_(place), group_(group), listeners_(listeners) {
    make_folder();
    resume();
    check_agreement();
    if (group_.leads()) log_.emplace(place_.folder, report_.steps);
  }

  RunReport operator()(std::stop_token stop) {
    const double before = report_.seconds;
    double spent = 0;
    const Stopwatch watch(spent);
    while (report_.steps < options_.steps && !wants_to_stop(stop)) {
      const Figures figures = task_.step(report_.steps, group_);
      ++report_.steps;
      report_.seconds = before + watch.elapsed();
      tell(figures);
      const bool last = report_.steps == options_.steps;
      if (last || report_.steps % options_.held_out_every == 0) measure();
      if (last || report_.steps % options_.preview_every == 0) preview();
      if (last || report_.steps % options_.checkpoint_every == 0) save_all();
    }
    report_.stopped = report_.steps < options_.steps;
    if (report_.stopped) save_all();
    return report_;
  }

 private:
  [[nodiscard]] std::filesystem::path file(const char* name) const { return place_.folder / name; }

  void make_folder() {
    std::error_code error;
    std::filesystem::create_directories(place_.folder, error);
    if (error) {
      fail(ErrorKind::io, "{} cannot be made ({}); choose another --out.", place_.folder.string(),
           error.message());
    }
  }

  void resume() {
    group_.barrier();
    std::optional<Checkpoint> checkpoint = load_checkpoint(file(checkpoint_name));
    report_.model = file("model.safetensors");
    if (!checkpoint) {
      if (!place_.start.empty()) begin_with(last_of_run(place_.start).tensors);
      return;
    }
    if (checkpoint->recipe != place_.recipe) {
      fail(ErrorKind::invalid_argument,
           "{} holds a run of other options; give those of its recipe, or another --out.",
           place_.folder.string());
    }
    for (Learner* learner : task_.learners()) learner->restore(checkpoint->tensors);
    task_.restore(checkpoint->tensors);
    report_.steps = report_.resumed_at = checkpoint->step;
    report_.seconds = checkpoint->seconds;
    report_.best = checkpoint->best;
  }

  void begin_with(const nets::TensorMap& state) {
    for (Learner* learner : task_.learners()) learner->begin_from_state(state);
    task_.restore(state);
  }

  /// Refuses a group of which not all found the same checkpoint.
  void check_agreement() {
    at::Tensor mean = at::full({1}, static_cast<double>(report_.steps), at::kDouble);
    group_.average(mean);
    if (mean.item<double>() == static_cast<double>(report_.steps)) return;
    fail(
        ErrorKind::invalid_argument,
        "process {} finds a checkpoint of step {} and others do not; --out must be one folder that "
        "all processes share.",
        group_.rank(), report_.steps);
  }

  /// Whether any process was asked to: they must stop at the same step.
  bool wants_to_stop(const std::stop_token& stop) {
    at::Tensor asked = at::full({1}, stop.stop_requested() ? 1.0 : 0.0);
    group_.average(asked);
    return asked.item<double>() > 0;
  }

  void tell(const Figures& figures) {
    if (!group_.leads()) return;
    const auto line = log_->add(report_.steps, report_.seconds, figures, false);
    if (listeners_.on_log) listeners_.on_log(line);
    if (!listeners_.on_progress) return;
    const auto done = static_cast<double>(report_.steps);
    listeners_.on_progress({.stage = "training",
                            .done = report_.steps,
                            .total = options_.steps,
                            .seconds = report_.seconds,
                            .remaining = report_.seconds / done * (options_.steps - done),
                            .values = figures});
  }

  void measure() {
    if (!group_.leads()) return;
    report_.held_out = task_.held_out();
    const auto line = log_->add(report_.steps, report_.seconds, report_.held_out, true);
    if (listeners_.on_log) listeners_.on_log(line);
    log_->draw();
    if (listeners_.on_warning) {
      for (const std::string& warning : task_.warnings()) listeners_.on_warning(warning);
    }
    if (report_.held_out.empty()) return;
    const double loss = report_.held_out.back().second;
    if (!std::isfinite(loss) || (report_.best > 0 && loss >= report_.best)) return;
    report_.best = loss;
    task_.save_model(report_.model, report_.steps);
  }

  void preview() {
    if (!group_.leads() || !listeners_.on_preview) return;
    const at::Tensor sheet = task_.preview();
    if (sheet.defined()) listeners_.on_preview(report_.steps, nets::to_image(sheet));
  }

  void save_all() {
    if (!group_.leads()) return;
    Checkpoint checkpoint{task_.state(), report_.steps, report_.seconds, report_.best,
                          place_.recipe};
    for (Learner* learner : task_.learners()) checkpoint.tensors.merge(learner->state());
    save(checkpoint, file(checkpoint_name));
  }

  Task& task_;
  const TrainOptions& options_;
  const RunPlace& place_;
  Group& group_;
  const RunListeners& listeners_;
  std::optional<RunLog> log_;
  RunReport report_;
};

}  // namespace

bool is_run(const std::filesystem::path& initial) {
  std::error_code ignored;
  return std::filesystem::is_directory(initial, ignored);
}

std::string digest_of_initial(
    const std::filesystem::path& initial,
    const std::function<std::string(const std::filesystem::path&)>& of_model) {
  if (initial.empty()) return "";
  return is_run(initial) ? digest_of(last_of_run(initial).tensors) : of_model(initial);
}

RunReport run(Task& task, const TrainOptions& options, const RunPlace& place, Group& group,
              const RunListeners& listeners, std::stop_token stop) {
  return Run(task, options, place, group, listeners)(std::move(stop));
}

}  // namespace atelier::train
