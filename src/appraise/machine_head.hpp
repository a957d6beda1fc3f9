// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "appraise/logistic.hpp"

namespace atelier::appraise {

/// A picture of a folder by which a machine's hand is learned.
struct MachinePicture {
  std::filesystem::path file;
  std::string kind;    ///< of the machine; empty where people made it
  std::string source;  ///< the picture that it was made from
};

/// Pictures in a folder with a folder for each kind of machine, named SOURCE__ANYTHING.suffix, and
/// one named "untouched": pictures by people, saved as the machines' were, so that what saving does
/// is not taken for a machine's hand. Sorted by path. Throws Error bad_input when either is
/// missing.
[[nodiscard]] std::vector<MachinePicture> read_machines(const std::filesystem::path& folder);

/// Tells what machines made from what people made, as far as a linear head can.
struct MachineHead {
  Linear head;           ///< on rows as they are seen; one output, greater: more like a machine's
  at::Tensor of_people;  ///< quantiles 0, 1 / 255, ... 1 of it on people's works
};

/// Of each row what it is: kinds 1, 2, ... are machines, 0 is people.
struct MachineRows {
  at::Tensor rows;                 ///< N x D, float64, plain
  std::vector<std::int64_t> kind;  ///< N
  std::vector<std::size_t> group;  ///< N: rows of one group never lie on both sides of a split
  std::vector<std::string> kinds;  ///< names of 1, 2, ...
};

/// Logistic regression of two classes that count alike (style_head.hpp). `figures` gets what heads
/// said of rows that they never saw: area under the curve, the share of each kind above the
/// threshold of Appraisal::rarely, and both for each kind of machine when no other picture of that
/// kind was learned from. Throws what `check` throws.
[[nodiscard]] MachineHead learn_machines(const MachineRows& seen, int splits,
                                         nlohmann::ordered_json& figures,
                                         const std::function<void()>& check);

/// The share of people's works that look at least as much like a machine's as a row does, 0..1.
[[nodiscard]] double share_of_people(const MachineHead& machines, const at::Tensor& row);

}  // namespace atelier::appraise
