// SPDX-License-Identifier: Apache-2.0
#include "appraise/machine_head.hpp"

#include <gmock/gmock.h>

#include <numeric>

#include "appraise/rows.hpp"
#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"

namespace atelier::appraise {
namespace {

const auto go_on = [] {};

/// 200 rows by people and 40 of each of two machines, which lie `apart` from 0 on the same axis and
/// each on one of its own.
MachineRows two_machines(double apart) {
  MachineRows seen{test::deviates(280, 10), {}, std::vector<std::size_t>(280), {"one", "other"}};
  std::iota(seen.group.begin(), seen.group.end(), std::size_t{0});
  for (std::int64_t i = 0; i < 280; ++i) {
    const std::int64_t kind = i < 200 ? 0 : i < 240 ? 1 : 2;
    seen.kind.push_back(kind);
    if (kind == 0) continue;
    seen.rows[i][0] += apart;
    seen.rows[i][kind] += apart;
  }
  return seen;
}

TEST(MachineHead, FindsMachinesAndThoseItHasNeverSeen) {
  nlohmann::ordered_json figures;
  const MachineRows seen = two_machines(5);
  const MachineHead head = learn_machines(seen, 5, figures, go_on);
  EXPECT_EQ(figures.at("people"), 200);
  EXPECT_GT(figures.at("all").at("area_under_curve"), 0.99);
  for (const auto& of : figures.at("kinds")) EXPECT_GT(of.at("found"), 0.95);
  for (const auto& of : figures.at("kinds_never_seen")) {
    EXPECT_EQ(of.at("pictures"), 40);
    EXPECT_GT(of.at("found"), 0.7);
  }
  const at::Tensor rows = seen.rows.to(at::kFloat);
  const MachineHead kept{{head.head.weights.to(at::kFloat), head.head.bias.to(at::kFloat)},
                         head.of_people.to(at::kFloat)};
  double people = 0, machines = 0;
  for (std::int64_t i = 0; i < 280; ++i) {
    (i < 200 ? people : machines) += share_of_people(kept, rows[i]);
  }
  EXPECT_NEAR(people / 200, 0.5, 0.05);
  EXPECT_LT(machines / 80, 0.01);
}

TEST(MachineHead, SaysThatItFindsNothingWhereNothingIs) {
  nlohmann::ordered_json figures;
  static_cast<void>(learn_machines(two_machines(0), 5, figures, go_on));
  EXPECT_NEAR(figures.at("all").at("area_under_curve"), 0.5, 0.1);
  EXPECT_LT(figures.at("all").at("found"), 0.1);
}

TEST(MachinePictures, TellKindAndSource) {
  const TemporaryFolder folder;
  for (const char* name : {"fast/a__b.jpg", "fast/note.txt", "untouched/a__.jpg", "stray.jpg"}) {
    std::filesystem::create_directories((folder.path() / name).parent_path());
    write_file(folder.path() / name, "");
  }
  const std::vector<MachinePicture> pictures = read_machines(folder.path());
  ASSERT_EQ(pictures.size(), 2U);
  EXPECT_EQ(pictures[0].kind, "fast");
  EXPECT_EQ(pictures[1].kind, "");
  EXPECT_EQ(pictures[0].source, "a");
  EXPECT_EQ(pictures[1].source, "a");
  std::filesystem::remove_all(folder.path() / "untouched");
  EXPECT_THROW(static_cast<void>(read_machines(folder.path())), Error);
}

}  // namespace
}  // namespace atelier::appraise
