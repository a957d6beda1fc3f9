// SPDX-License-Identifier: Apache-2.0
#include "appraise/content_head.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <map>

#include "appraise/calibration.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/file_search.hpp"
#include "image/formats.hpp"
#include "nets/torch_file.hpp"

namespace atelier::appraise {
namespace {

namespace fs = std::filesystem;

/// Whether a name begins as those of synsets do: n, eight digits, '_'.
bool begins_with_synset(const std::string& name) {
  return name.size() > 10 && name[0] == 'n' && name[9] == '_' &&
         std::all_of(name.begin() + 1, name.begin() + 9,
                     [](char c) { return c >= '0' && c <= '9'; });
}

std::string plain_name(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

Linear read_top(const fs::path& file, std::int64_t width) {
  const nets::TensorMap state = nets::read_torch_file(file);
  const auto weights = state.find("_fc.weight"), bias = state.find("_fc.bias");
  if (weights == state.end() || bias == state.end() || weights->second.dim() != 2 ||
      weights->second.size(1) != width ||
      bias->second.sizes() != at::IntArrayRef{weights->second.size(0)}) {
    fail(ErrorKind::bad_input,
         "{} holds no classifier of EfficientNet-Lite0 (_fc.weight, _fc.bias).", file.string());
  }
  return {weights->second.t().to(at::kDouble), bias->second.to(at::kDouble)};
}

}  // namespace

ContentData read_content(const fs::path& folder, const fs::path& top, std::int64_t width) {
  ContentData data;
  data.top = read_top(top, width);
  std::map<std::string, fs::path> by_synset;
  for (const fs::path& file : files_in(folder).files) {
    const std::string name = file.stem().string();
    if (image::format_of_suffix(file) && begins_with_synset(name)) by_synset.emplace(name, file);
  }
  const auto wanted = static_cast<std::size_t>(data.top.bias.size(0));
  if (by_synset.size() != wanted) {
    fail(ErrorKind::bad_input, "{} holds pictures of {} classes (SYNSET_NAME.jpg); {} knows {}.",
         folder.string(), by_synset.size(), top.string(), wanted);
  }
  for (const auto& [name, file] : by_synset) {
    data.names.push_back(plain_name(name.substr(10)));
    data.files.push_back(file);
  }
  return data;
}

ContentHead learn_content(const ContentData& data, const at::Tensor& heads) {
  const at::Tensor logits = data.top(heads), classes = at::arange(heads.size(0), at::kLong);
  const at::Tensor ranked = std::get<1>(logits.topk(std::min<std::int64_t>(5, logits.size(1)), 1));
  const at::Tensor hits = (ranked == classes.unsqueeze(1)).to(at::kDouble);
  const at::Tensor one = classes.slice(0, 0, {}, 2), other = classes.slice(0, 1, {}, 2);
  const double half = fit_temperature(logits.index_select(0, one), one);
  return {.head = data.top,
          .temperature = fit_temperature(logits, classes),
          .top_1 = hits.select(1, 0).mean().item<double>(),
          .top_5 = hits.sum(1).mean().item<double>(),
          .calibration_error =
              calibration_error(at::softmax(logits.index_select(0, other) / half, 1), other)};
}

}  // namespace atelier::appraise
