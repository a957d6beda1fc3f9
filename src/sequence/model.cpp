// SPDX-License-Identifier: Apache-2.0
#include "sequence/model.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "train/model_file.hpp"

namespace atelier::sequence {
namespace {

constexpr train::ModelKind writer{"atelier sequence 1", "sequence model", "atelier train text"};
constexpr const char* tokenizer_name = "tokenizer";
constexpr const char* words_name = "words";  // a line each

template <class Bytes>
at::Tensor as_tensor(const Bytes& bytes) {
  at::Tensor tensor = at::empty({static_cast<std::int64_t>(bytes.size())}, at::kByte);
  std::copy(bytes.begin(), bytes.end(), tensor.data_ptr<std::uint8_t>());
  return tensor;
}

/// A tensor of bytes of a model's file; refuses one without it.
template <class Bytes>
Bytes bytes_of(const train::ModelFile& file, const std::string& name,
               const std::filesystem::path& path) {
  const auto found = file.tensors.find(name);
  if (found == file.tensors.end() || found->second.scalar_type() != at::kByte) {
    train::refuse_model(path, writer);
  }
  const at::Tensor bytes = found->second.contiguous();
  const auto* first = bytes.data_ptr<std::uint8_t>();
  return Bytes(first, first + bytes.numel());
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string name_of_seen(std::size_t i) {
  return fmt::format("seen.{}", i);
}

}  // namespace

void save_model(const std::filesystem::path& path, const SequenceForm& form,
                const TextKnowledge& knowledge, const train::Parameters& parameters,
                std::int64_t step) {
  nets::TensorMap tensors{{tokenizer_name, as_tensor(knowledge.tokenizer->serialised())}};
  for (const auto& [name, tensor] : parameters.tensors()) tensors[name] = tensor.to(at::kHalf);
  if (!knowledge.words.empty()) {
    tensors[words_name] = as_tensor(fmt::format("{}", fmt::join(knowledge.words, "\n")));
  }
  nlohmann::json seen = nlohmann::json::array();
  for (const SeenRuns& text : knowledge.seen) {
    tensors[name_of_seen(seen.size())] = as_tensor(text.filter());
    seen.push_back({{"run", text.run()}, {"thinned", text.thinned()}, {"text", text.source()}});
  }
  const nlohmann::json described{{"architecture", form.architecture},
                                 {"layers", form.layers},
                                 {"width", form.width},
                                 {"heads", form.heads},
                                 {"context", form.context},
                                 {"tied", form.tied},
                                 {"tokenizer", knowledge.tokenizer->kind()},
                                 {"beginning", knowledge.beginning},
                                 {"heading", knowledge.heading},
                                 {"seen", seen},
                                 {"step", step}};
  train::save_model_file(path, writer, tensors, {{"form", described.dump()}});
}

Model load_model(const std::filesystem::path& path, at::Device device) {
  train::ModelFile file = train::load_model_file(path, writer);
  Model model;
  model.digest = file.digest;
  TextKnowledge& knowledge = model.knowledge;
  try {
    const auto described = nlohmann::json::parse(file.metadata["form"]);
    model.form = {described.at("architecture"), 0,
                  described.at("layers"),       described.at("width"),
                  described.at("heads"),        described.at("context"),
                  described.at("tied")};
    model.step = described.at("step");
    knowledge.beginning = described.at("beginning").get<std::vector<Token>>();
    knowledge.heading = described.at("heading");
    knowledge.tokenizer = read_tokenizer(described.at("tokenizer").get<std::string>(),
                                         bytes_of<std::string>(file, tokenizer_name, path));
    if (file.tensors.contains(words_name)) {
      knowledge.words = lines_of(bytes_of<std::string>(file, words_name, path));
    }
    for (const nlohmann::json& text : described.at("seen")) {
      knowledge.seen.emplace_back(
          text.at("run"), text.at("thinned"), text.at("text"),
          bytes_of<std::vector<std::uint8_t>>(file, name_of_seen(knowledge.seen.size()), path));
    }
  } catch (const nlohmann::json::exception&) {
    train::refuse_model(path, writer);
  }
  model.form.vocabulary = knowledge.tokenizer->vocabulary();
  const auto unknown = [&](Token token) { return token >= model.form.vocabulary; };
  if (!is_form(model.form) || knowledge.beginning.empty() ||
      std::any_of(knowledge.beginning.begin(), knowledge.beginning.end(), unknown)) {
    train::refuse_model(path, writer);
  }
  model.parameters =
      std::make_unique<train::Parameters>(sequence_specs(model.form), file.tensors, device);
  return model;
}

}  // namespace atelier::sequence
