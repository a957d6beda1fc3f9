// SPDX-License-Identifier: Apache-2.0
#include "train/group.hpp"

#include <ATen/ATen.h>

#include <charconv>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "atelier/base/error.hpp"
#include "train/c10d_group.hpp"

namespace atelier::train {
namespace {

class Alone final : public Group {
 public:
  [[nodiscard]] int rank() const override { return 0; }
  [[nodiscard]] int size() const override { return 1; }
  void average(const at::Tensor&) override {}
  void barrier() override {}
};

std::string text_of(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);
  return value && *value ? value : otherwise;
}

int number_of(const char* name, const char* otherwise, int least, int most) {
  const std::string text = text_of(name, otherwise);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < least || value > most) {
    fail(ErrorKind::invalid_argument,
         "the environment's {} is '{}' where {}..{} is needed; start the processes as torchrun "
         "does.",
         name, text, least, most);
  }
  return value;
}

}  // namespace

std::unique_ptr<Group> Group::alone() {
  return std::make_unique<Alone>();
}

std::unique_ptr<Group> Group::from_environment(at::Device device) {
  const int size = number_of("WORLD_SIZE", "1", 1, 1 << 16);
  if (size == 1) return alone();
  const int rank = number_of("RANK", "", 0, size - 1);
  const int port = number_of("MASTER_PORT", "", 1, 65535);
  const std::string address = text_of("MASTER_ADDR", "");
  if (address.empty()) {
    fail(ErrorKind::invalid_argument,
         "WORLD_SIZE is {} but MASTER_ADDR is not set; start the processes as torchrun does.",
         size);
  }
  return make_c10d_group({rank, size, address, port}, device);
}

}  // namespace atelier::train
