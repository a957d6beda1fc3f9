// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "train/group.hpp"

namespace atelier::train {

/// Where the processes meet.
struct Meeting {
  int rank = 0, size = 1;
  std::string address;
  int port = 0;
};

/// A group over libtorch's c10d. Throws Error as Group::from_environment().
[[nodiscard]] std::unique_ptr<Group> make_c10d_group(const Meeting& meeting, at::Device device);

}  // namespace atelier::train
