// SPDX-License-Identifier: Apache-2.0
#include "style/painting_state.hpp"

#include <ATen/ATen.h>

#include "atelier/base/error.hpp"
#include "tensor/spill.hpp"

namespace atelier::style {
namespace {

constexpr const char* of_optimizer = "optimizer.";
constexpr int step_columns = 5 + static_cast<int>(loss_names.size());

at::Tensor numbers(const std::vector<double>& values) {
  return at::tensor(values, at::kDouble);
}

std::vector<double> values_of(const Losses& losses) {
  std::vector<double> values;
  for (const LossName& loss : loss_names) values.push_back(losses.*loss.value);
  return values;
}

Losses losses_of(const double* values) {
  Losses losses;
  for (const LossName& loss : loss_names) losses.*loss.value = *values++;
  return losses;
}

at::Tensor table_of(const std::vector<Step>& steps) {
  std::vector<double> values;
  for (const Step& step : steps) {
    for (const int count : {step.scale, step.iteration, step.iterations}) values.push_back(count);
    values.push_back(step.seconds);
    values.push_back(step.remaining);
    const std::vector<double> losses = values_of(step.losses);
    values.insert(values.end(), losses.begin(), losses.end());
  }
  return numbers(values).view({static_cast<std::int64_t>(steps.size()), step_columns});
}

std::vector<Step> steps_of(const at::Tensor& table) {
  std::vector<Step> steps;
  const double* row = table.data_ptr<double>();
  for (std::int64_t i = 0; i < table.size(0); ++i, row += step_columns) {
    steps.push_back({static_cast<int>(row[0]), static_cast<int>(row[1]), static_cast<int>(row[2]),
                     row[3], row[4], losses_of(row + 5)});
  }
  return steps;
}

bool is_picture(const at::Tensor& tensor) {
  return tensor.dim() == 4;
}

/// Rows of pixels, which is how pictures lie: nothing is copied.
at::Tensor as_written(const at::Tensor& tensor) {
  return is_picture(tensor) ? tensor.permute({0, 2, 3, 1}) : tensor;
}

at::Tensor as_read(const at::Tensor& written) {
  if (!is_picture(written)) return written.clone();
  const at::Tensor seen = written.permute({0, 3, 1, 2});
  at::Tensor picture = tensor::spillable_zeros(seen.sizes(), seen.options());
  tensor::by_strips([](const at::Tensor& to, const at::Tensor& from) { to.copy_(from); }, picture,
                    seen);
  return picture;
}

/// The tensor of this name, of a type and of so many dimensions, the last of so many values.
const at::Tensor& part(const nets::Safetensors& file, const char* name, at::ScalarType type,
                       std::int64_t dimensions, std::int64_t last) {
  const auto found = file.tensors.find(name);
  if (found == file.tensors.end() || found->second.scalar_type() != type ||
      found->second.dim() != dimensions || found->second.size(-1) != last) {
    fail(ErrorKind::bad_input,
         "the checkpoint has no {} of the expected form; remove it to begin from the start.", name);
  }
  return found->second;
}

}  // namespace

nets::Safetensors to_file(const PaintingState& state) {
  nets::Safetensors file;
  file.metadata["engine"] = state.engine;
  file.tensors["progress"] =
      numbers({static_cast<double>(state.scale), static_cast<double>(state.done_here),
               state.seconds, static_cast<double>(state.tile)});
  file.tensors["picture"] = as_written(state.picture);
  if (state.best.defined()) file.tensors["best"] = as_written(state.best);
  file.tensors["best_losses"] = numbers(values_of(state.best_losses));
  file.tensors["steps"] = table_of(state.steps);
  for (const auto& [name, tensor] : state.optimizer) {
    file.tensors[of_optimizer + name] = as_written(tensor);
  }
  return file;
}

PaintingState state_from(const nets::Safetensors& file) {
  constexpr std::int64_t channels = 3;
  PaintingState state;
  const auto* progress = part(file, "progress", at::kDouble, 1, 4).data_ptr<double>();
  state.scale = static_cast<int>(progress[0]);
  state.done_here = static_cast<int>(progress[1]);
  state.seconds = progress[2];
  state.tile = static_cast<int>(progress[3]);
  if (const auto engine = file.metadata.find("engine"); engine != file.metadata.end()) {
    state.engine = engine->second;
  }
  state.picture = as_read(part(file, "picture", at::kFloat, 4, channels));
  if (file.tensors.contains("best"))
    state.best = as_read(part(file, "best", at::kFloat, 4, channels));
  state.best_losses = losses_of(
      part(file, "best_losses", at::kDouble, 1, static_cast<std::int64_t>(loss_names.size()))
          .data_ptr<double>());
  state.steps = steps_of(part(file, "steps", at::kDouble, 2, step_columns));
  const std::string prefix = of_optimizer;
  for (const auto& [name, tensor] : file.tensors) {
    if (name.starts_with(prefix)) state.optimizer[name.substr(prefix.size())] = as_read(tensor);
  }
  return state;
}

}  // namespace atelier::style
