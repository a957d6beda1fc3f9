// SPDX-License-Identifier: Apache-2.0
#include "sequence/model.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "sequence/model_parts.hpp"
#include "train/plain_model_file.hpp"

namespace atelier::sequence {
namespace {

/// The bytes of a part of a model's file; refuses one without it.
template <class Bytes>
Bytes bytes_of(const nets::PlainSafetensors& content, const std::string& name,
               const std::filesystem::path& path) {
  const auto found = content.tensors.find(name);
  if (found == content.tensors.end() || found->second.type != nets::DType::u8) {
    train::refuse_model(path, writer);
  }
  const auto* first = reinterpret_cast<const std::uint8_t*>(found->second.bytes.data());
  return Bytes(first, first + found->second.bytes.size());
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace

Model load_model(const std::filesystem::path& path) {
  train::PlainModelFile file = train::load_plain_model_file(path, writer);
  nets::PlainSafetensors& content = file.content;
  SequenceForm form;
  TextKnowledge knowledge;
  std::int64_t step = 0;
  try {
    const auto described = nlohmann::json::parse(content.metadata[form_key]);
    form = {described.at("architecture"), 0,
            described.at("layers"),       described.at("width"),
            described.at("heads"),        described.at("context"),
            described.at("tied")};
    step = described.at("step");
    knowledge.beginning = described.at("beginning").get<std::vector<Token>>();
    knowledge.heading = described.at("heading");
    knowledge.tokenizer = read_tokenizer(described.at("tokenizer").get<std::string>(),
                                         bytes_of<std::string>(content, tokenizer_name, path));
    if (content.tensors.contains(words_name)) {
      knowledge.words = lines_of(bytes_of<std::string>(content, words_name, path));
    }
    for (const nlohmann::json& text : described.at("seen")) {
      knowledge.seen.emplace_back(
          text.at("run"), text.at("thinned"), text.at("text"),
          bytes_of<std::vector<std::uint8_t>>(content, name_of_seen(knowledge.seen.size()), path));
    }
  } catch (const nlohmann::json::exception&) {
    train::refuse_model(path, writer);
  }
  form.vocabulary = knowledge.tokenizer->vocabulary();
  const auto unknown = [&](Token token) { return token >= form.vocabulary; };
  if (!is_form(form) || knowledge.beginning.empty() ||
      std::any_of(knowledge.beginning.begin(), knowledge.beginning.end(), unknown)) {
    train::refuse_model(path, writer);
  }
  train::PlainParameters parameters(sequence_specs(form), std::move(content));
  return {form, std::move(knowledge), std::move(parameters), step, std::move(file.digest)};
}

}  // namespace atelier::sequence
