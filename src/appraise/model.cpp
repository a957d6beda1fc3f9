// SPDX-License-Identifier: Apache-2.0
#include "appraise/model.hpp"

#include <ATen/ATen.h>

#include <nlohmann/json.hpp>

#include "atelier/base/error.hpp"

namespace atelier::appraise {
namespace {

using nlohmann::json;

/// What the file says in words and numbers, beside its tensors.
constexpr const char* facts_key = "appraisal";

at::Tensor half(const at::Tensor& tensor) {
  return tensor.to(at::kHalf).contiguous();
}

at::Tensor single(const at::Tensor& tensor) {
  return tensor.to(at::kFloat).contiguous();
}

void put(nets::TensorMap& tensors, const std::string& name, const Linear& head) {
  tensors[name + ".weights"] = half(head.weights);
  tensors[name + ".bias"] = single(head.bias);
}

/// A tensor of `dimensions`, as float32; at() throws where there is none.
at::Tensor get(const nets::TensorMap& tensors, const std::string& name, std::int64_t dimensions) {
  const at::Tensor& tensor = tensors.at(name);
  if (tensor.dim() != dimensions) throw std::out_of_range(name);
  return tensor.to(at::kFloat);
}

Linear get_head(const nets::TensorMap& tensors, const std::string& name, std::size_t outputs) {
  Linear head{get(tensors, name + ".weights", 2), get(tensors, name + ".bias", 1)};
  const auto wanted = static_cast<std::int64_t>(outputs);
  if (head.weights.size(1) != wanted || head.bias.size(0) != wanted) throw std::out_of_range(name);
  return head;
}

/// Whether all that reads rows of one kind takes rows of one length.
bool fits_together(const Model& model) {
  const std::int64_t length = model.outside_mean.size(0);
  return !model.style.names.empty() && model.style.head.weights.size(0) == length &&
         model.outside.axes.size(0) == length &&
         model.outside.axes.size(1) == model.outside.centres.size(1) &&
         model.outside.centres.size(0) > 0 && model.outside.doubts.size(0) > 1 &&
         model.outside.distances.size(0) > 1 && model.hand_axes.size(0) == length &&
         model.hand_axes.size(1) == model.hand_others.size(1) && model.hand_others.size(0) > 0 &&
         (model.feelings.empty() || model.emotion.weights.size(0) == length) &&
         (!model.machines.of_people.defined() ||
          (model.machines.head.weights.size(0) == length && model.machines.of_people.size(0) > 1));
}

json facts_of(const Model& model) {
  return {{"eyes", model.eyes},
          {"style", {{"names", model.style.names}, {"temperature", model.style.temperature}}},
          {"content", {{"names", model.content.names}, {"temperature", model.content.temperature}}},
          {"outside", {{"threshold", model.outside.threshold}}},
          {"feelings", kept_json(model.feelings)}};
}

Model::Classes classes_from(const json& facts, const nets::TensorMap& tensors,
                            const std::string& name) {
  Model::Classes classes;
  facts.at("names").get_to(classes.names);
  facts.at("temperature").get_to(classes.temperature);
  if (!classes.names.empty()) classes.head = get_head(tensors, name, classes.names.size());
  return classes;
}

Model model_from(const json& facts, const nets::TensorMap& tensors) {
  Model model;
  facts.at("eyes").get_to(model.eyes);
  model.style = classes_from(facts.at("style"), tensors, "style");
  model.content = classes_from(facts.at("content"), tensors, "content");
  facts.at("outside").at("threshold").get_to(model.outside.threshold);
  model.outside.axes = get(tensors, "outside.axes", 2);
  model.outside.centres = get(tensors, "outside.centres", 2);
  model.outside.doubts = get(tensors, "outside.doubts", 1);
  model.outside.distances = get(tensors, "outside.distances", 1);
  model.outside_mean = get(tensors, "outside.mean", 1);
  model.hand_axes = get(tensors, "hand.axes", 2);
  model.hand_others = get(tensors, "hand.others", 2);
  model.feelings = feelings_from(facts.at("feelings"));
  if (!model.feelings.empty()) model.emotion = get_head(tensors, "emotion", model.feelings.size());
  if (tensors.contains("machines.of_people")) {
    model.machines = {get_head(tensors, "machines", 1), get(tensors, "machines.of_people", 1)};
  }
  return model;
}

}  // namespace

const train::ModelKind& appraisal_kind() {
  static const train::ModelKind kind{"atelier appraisal 1", "model of appraisal",
                                     "atelier train appraisal"};
  return kind;
}

void save_model(const Model& model, const std::filesystem::path& path) {
  nets::TensorMap tensors;
  put(tensors, "style", model.style.head);
  if (!model.content.names.empty()) put(tensors, "content", model.content.head);
  if (!model.feelings.empty()) put(tensors, "emotion", model.emotion);
  if (model.machines.of_people.defined()) {
    put(tensors, "machines", model.machines.head);
    tensors["machines.of_people"] = single(model.machines.of_people);
  }
  tensors["outside.axes"] = half(model.outside.axes);
  tensors["outside.centres"] = single(model.outside.centres);
  tensors["outside.doubts"] = single(model.outside.doubts);
  tensors["outside.distances"] = single(model.outside.distances);
  tensors["outside.mean"] = single(model.outside_mean);
  tensors["hand.axes"] = half(model.hand_axes);
  tensors["hand.others"] = half(model.hand_others);
  train::save_model_file(path, appraisal_kind(), tensors, {{facts_key, facts_of(model).dump()}});
}

Model load_model(const std::filesystem::path& path) {
  train::ModelFile file = train::load_model_file(path, appraisal_kind());
  Model model;
  try {
    model = model_from(json::parse(file.metadata[facts_key]), file.tensors);
  } catch (const json::exception&) {
    train::refuse_model(path, appraisal_kind());
  } catch (const std::out_of_range&) {
    train::refuse_model(path, appraisal_kind());
  }
  if (!fits_together(model)) train::refuse_model(path, appraisal_kind());
  model.digest = file.digest;
  return model;
}

}  // namespace atelier::appraise
