// SPDX-License-Identifier: Apache-2.0
#include "fast/architecture.hpp"

#include <fmt/format.h>

#include <cmath>

#include "fast/style_statistics.hpp"

namespace atelier::fast {
namespace {

void add_blocks(std::vector<Convolution>& to, const char* name, std::int64_t count,
                std::int64_t channels, int resolution) {
  for (std::int64_t i = 0; i < count; ++i) {
    to.push_back({fmt::format("{}{}.first", name, i), channels, channels, 3, resolution});
    to.push_back({fmt::format("{}{}.second", name, i), channels, channels, 3, resolution});
  }
}

void add_code(std::vector<train::ParameterSpec>& specs, const Architecture& a) {
  using train::constant;
  using train::he;
  using train::normal;
  std::int64_t known = level_count();
  for (const StyleLayer& layer : style_layers()) {
    specs.push_back({fmt::format("code.project_{}", layer.name),
                     {layer.channels, a.projections},
                     normal(1 / std::sqrt(static_cast<double>(layer.channels)))});
    known += a.projections * (a.projections + 1) / 2;
  }
  specs.push_back({"code.first.weight", {a.hidden, known}, he(2 * known)});
  specs.push_back({"code.first.bias", {a.hidden}, constant(0)});
  specs.push_back({"code.second.weight", {a.code, a.hidden}, he(a.hidden)});
  specs.push_back({"code.second.bias", {a.code}, constant(0)});
}

}  // namespace

Architecture architecture_of(const std::string& name) {
  Architecture architecture;
  if (name == "plain") {
    architecture.modulated = false;
    architecture.mixes = 0;
    architecture.grain = 0;
  }
  return architecture;
}

std::vector<Convolution> convolutions(const Architecture& a) {
  std::vector<Convolution> all{{"enter", 6 + a.grain, a.full, 3, 1},
                               {"to_half", a.full, a.half, 4, 2},
                               {"to_quarter", a.half, a.quarter, 4, 4}};
  add_blocks(all, "quarter", a.quarter_blocks, a.quarter, 4);
  all.push_back({"to_eighth", a.quarter, a.eighth, 4, 8});
  add_blocks(all, "eighth", a.eighth_blocks, a.eighth, 8);
  all.push_back({"up_quarter", a.eighth, a.quarter, 3, 4});
  add_blocks(all, "late", a.late_blocks, a.quarter, 4);
  all.push_back({"up_half", a.quarter, a.half, 3, 2});
  add_blocks(all, "fine", a.fine_blocks, a.half, 2);
  all.push_back({"up_full", a.half, a.full, 3, 1});
  all.push_back({"leave", a.full, 3, 3, 1});
  return all;
}

std::vector<StyledLayer> styled_layers(const Architecture& a) {
  std::vector<StyledLayer> layers;
  for (const Convolution& c : convolutions(a)) {
    if (c.name == "leave") continue;
    const bool first_of_block = c.name.ends_with(".first");
    layers.push_back(
        {c.name, c.outputs,
         a.mixes > 0 && (first_of_block || c.name == "up_quarter" || c.name == "up_half")});
  }
  return layers;
}

std::vector<train::ParameterSpec> parameter_specs(const Architecture& a) {
  using train::constant;
  using train::he;
  using train::normal;
  std::vector<train::ParameterSpec> specs;
  for (const Convolution& c : convolutions(a)) {
    const bool last = c.name == "leave";
    const std::int64_t seen = c.inputs * c.size * c.size;
    specs.push_back(
        {c.name + ".weight", {c.outputs, c.inputs, c.size, c.size}, last ? constant(0) : he(seen)});
    // Others are followed by a normalisation, which takes a constant away again.
    if (last) specs.push_back({c.name + ".bias", {c.outputs}, constant(0)});
  }
  if (a.modulated) add_code(specs, a);
  const double small = 0.1 / std::sqrt(static_cast<double>(a.code));
  for (const StyledLayer& layer : styled_layers(a)) {
    if (!a.modulated) {
      specs.push_back({layer.name + ".scale", {layer.channels}, constant(1)});
      specs.push_back({layer.name + ".shift", {layer.channels}, constant(0)});
      continue;
    }
    specs.push_back({layer.name + ".scale.weight", {layer.channels, a.code}, normal(small)});
    specs.push_back({layer.name + ".scale.bias", {layer.channels}, constant(1)});
    specs.push_back({layer.name + ".shift.weight", {layer.channels, a.code}, normal(small)});
    specs.push_back({layer.name + ".shift.bias", {layer.channels}, constant(0)});
    if (!layer.mixes) continue;
    specs.push_back({layer.name + ".mix.weight", {a.mixes, a.code}, normal(10 * small)});
    specs.push_back({layer.name + ".mix.matrices",
                     {a.mixes, layer.channels, layer.channels},
                     normal(0.1 / std::sqrt(static_cast<double>(layer.channels)))});
  }
  return specs;
}

int reach(const Architecture& a) {
  double sum = 0;
  for (const Convolution& c : convolutions(a)) {
    // Half of the filter, in positions of its input; those of 4 halve the resolution.
    sum += c.size == 4 ? 1.5 * c.resolution / 2 : 1.0 * c.resolution;
    // Enlarged before it: a position lies up to three quarters of a coarser one from what it uses.
    if (c.name.starts_with("up_")) sum += 0.75 * 2 * c.resolution;
  }
  return static_cast<int>(std::ceil(sum));
}

double products_per_pixel(const Architecture& a) {
  double sum = 0;
  for (const Convolution& c : convolutions(a)) {
    sum +=
        static_cast<double>(c.inputs * c.outputs * c.size * c.size) / (c.resolution * c.resolution);
  }
  return sum;
}

}  // namespace atelier::fast
