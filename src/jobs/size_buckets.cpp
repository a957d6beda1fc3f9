// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/size_buckets.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::jobs {
namespace {

constexpr std::array<double, aspect_classes.size()> ratios{1.0 / 2, 2.0 / 3, 3.0 / 4, 1.0,
                                                           4.0 / 3, 3.0 / 2, 2.0};

}  // namespace

SizeBucket bucket_of(int width, int height) {
  SizeBucket bucket;
  const int shorter = std::min(width, height);
  while (bucket.shorter_from <= shorter / 2) bucket.shorter_from *= 2;
  const double ratio = static_cast<double>(width) / height;
  const auto distance = [&](double of_class) { return std::abs(std::log(ratio / of_class)); };
  for (std::size_t i = 1; i < ratios.size(); ++i) {
    if (distance(ratios.at(i)) < distance(ratios.at(bucket.aspect))) bucket.aspect = i;
  }
  return bucket;
}

}  // namespace atelier::jobs
