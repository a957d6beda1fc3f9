// SPDX-License-Identifier: Apache-2.0
#include "atelier/retrieval/nearest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "directions.hpp"

namespace atelier::retrieval {
namespace {

using test::direction;

constexpr int dimension = 24;

double cosine(const std::vector<float>& a, const std::vector<float>& b) {
  const auto dot = [](const auto& x, const auto& y) {
    return std::inner_product(x.begin(), x.end(), y.begin(), 0.0);
  };
  return dot(a, b) / std::sqrt(dot(a, a) * dot(b, b));
}

NearestIndex filled(int count) {
  std::vector<std::int64_t> ids;
  std::vector<float> vectors;
  for (int i = 0; i < count; ++i) {
    ids.push_back(1000 + i);
    const std::vector<float> one = direction(i, dimension);
    vectors.insert(vectors.end(), one.begin(), one.end());
  }
  NearestIndex index(dimension);
  index.add(ids, vectors);
  return index;
}

TEST(NearestIndexes, FindWhatExactComparisonFinds) {
  constexpr int count = 2000, queries = 50;
  const NearestIndex index = filled(count);
  int found = 0;
  for (int q = 0; q < queries; ++q) {
    const std::vector<float> query = direction(count + q, dimension);
    std::vector<std::pair<double, std::int64_t>> exact;
    for (int i = 0; i < count; ++i) {
      exact.emplace_back(-cosine(query, direction(i, dimension)), 1000 + i);
    }
    std::partial_sort(exact.begin(), exact.begin() + 10, exact.end());
    const std::vector<Neighbour> near = index.nearest(query, 10);
    ASSERT_EQ(near.size(), 10U);
    EXPECT_NEAR(near.front().likeness,
                cosine(query, direction(static_cast<int>(near.front().id - 1000), dimension)),
                1e-5);
    for (int i = 0; i < 10; ++i) {
      found += static_cast<int>(std::count_if(near.begin(), near.end(), [&](const Neighbour& n) {
        return n.id == exact[static_cast<std::size_t>(i)].second;
      }));
    }
  }
  EXPECT_GE(found, 10 * queries * 98 / 100);
}

TEST(NearestIndexes, DoNotHeedLengthAndGiveWhatThereIs) {
  NearestIndex index(2);
  EXPECT_TRUE(index.nearest(std::vector{1.0F, 0.0F}, 3).empty());
  index.add(std::array<std::int64_t, 2>{7, 8}, std::vector{0.0F, 5.0F, 1e-3F, 0.0F});
  const auto near = index.nearest(std::vector{3.0F, 0.1F}, 5);
  ASSERT_EQ(near.size(), 2U);
  EXPECT_EQ(near[0].id, 8);
  EXPECT_NEAR(near[0].likeness, 1, 1e-3);
}

TEST(NearestIndexes, AreTheSameFromTheSameVectors) {
  const TemporaryFolder folder;
  filled(1500).save(folder.path() / "one");
  filled(1500).save(folder.path() / "other");
  EXPECT_EQ(read_file(folder.path() / "one", 1 << 24), read_file(folder.path() / "other", 1 << 24));
}

TEST(NearestIndexes, AreReadAsTheyWereWritten) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "index";
  const NearestIndex index = filled(300);
  index.save(file);
  const NearestIndex read = NearestIndex::load(file);
  EXPECT_EQ(read.size(), 300);
  EXPECT_EQ(read.dimension(), dimension);
  const auto a = index.nearest(direction(900, dimension), 5);
  const auto b = read.nearest(direction(900, dimension), 5);
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i].id, b[i].id);
}

TEST(NearestIndexes, RefuseDamagedFilesAndVectorsWithoutDirection) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "index";
  filled(20).save(file);
  const std::string bytes = read_file(file, 1 << 20);
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{5}, std::size_t{100}, bytes.size() / 2, bytes.size() - 1}) {
    write_file(file, bytes.substr(0, length));
    EXPECT_THROW(static_cast<void>(NearestIndex::load(file)), Error) << length;
  }
  NearestIndex index(3);
  constexpr float nan = std::numeric_limits<float>::quiet_NaN();
  const std::array<std::int64_t, 2> ids{1, 2};
  for (const std::vector<float>& bad :
       {std::vector{1.0F, 2.0F, 3.0F}, {1, 0, 0, 0, 0, 0}, {1, 0, 0, 1, nan, 0}}) {
    EXPECT_THROW(index.add(ids, bad), Error);
    EXPECT_EQ(index.size(), 0);
  }
  EXPECT_THROW(NearestIndex(0), Error);
}

}  // namespace
}  // namespace atelier::retrieval
