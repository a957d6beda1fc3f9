// SPDX-License-Identifier: Apache-2.0
#include "appraise/feature_store.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <cerrno>
#include <utility>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/image/file.hpp"

namespace atelier::appraise {
namespace {

constexpr std::size_t digits = 64;

}  // namespace

FeatureStore::FeatureStore(std::filesystem::path file, const Eyes& eyes)
    : file_(std::move(file)), eyes_(eyes) {
  const std::uintmax_t whole = read();
  std::error_code error;
  if (whole > 0) std::filesystem::resize_file(file_, whole, error);
  out_.open(file_, std::ios::binary | (whole > 0 && !error ? std::ios::app : std::ios::trunc));
  if (whole == 0 || error) {
    records_.clear();
    out_ << eyes_.digest() << '\n' << std::flush;
  }
  if (!out_) fail_writing(file_, errno);
}

std::uintmax_t FeatureStore::read() {
  std::ifstream in(file_, std::ios::binary);
  std::string line;
  if (!std::getline(in, line) || line != eyes_.digest()) return 0;
  std::uintmax_t whole = line.size() + 1;
  std::string sha256(digits, '\0');
  const std::int64_t count = eyes_.count() + eyes_.head_count() + thumbnail_count;
  for (;;) {
    const at::Tensor values = at::empty({count}, at::kFloat);
    in.read(sha256.data(), digits);
    in.read(reinterpret_cast<char*>(values.data_ptr<float>()),
            static_cast<std::streamsize>(values.nbytes()));
    if (!in) return whole;
    whole += digits + values.nbytes();
    const std::vector<at::Tensor> parts =
        values.split_with_sizes({eyes_.count(), eyes_.head_count(), thumbnail_count});
    records_[sha256] = {parts[0], parts[1], parts[2]};
  }
}

const FeatureStore::Record& FeatureStore::of(const std::filesystem::path& picture) {
  const std::string sha256 = sha256_file(picture);
  const auto known = records_.find(sha256);
  if (known != records_.end()) return known->second;
  const image::Image image = image::load(picture);
  const Eyes::Seen seen = eyes_.look(image);
  const image::Image small = image::resize(image, {thumbnail_edge, thumbnail_edge});
  const Record record{seen.row, seen.head, at::tensor(small.rgb)};
  const at::Tensor values = at::cat({record.row, record.head, record.thumbnail}).contiguous();
  out_ << sha256;
  out_.write(reinterpret_cast<const char*>(values.data_ptr<float>()),
             static_cast<std::streamsize>(values.nbytes()));
  if (!out_.flush()) fail_writing(file_, errno);
  return records_.emplace(sha256, record).first->second;
}

}  // namespace atelier::appraise
