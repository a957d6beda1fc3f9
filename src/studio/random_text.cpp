// SPDX-License-Identifier: Apache-2.0
#include "studio/random_text.hpp"

#include <fmt/format.h>
#include <sys/random.h>

#include <array>

#include "atelier/base/error.hpp"

namespace atelier::studio {

std::string random_text(int bytes) {
  std::string text;
  std::array<unsigned char, 64> random{};
  if (::getrandom(random.data(), static_cast<std::size_t>(bytes), 0) != bytes)
    fail(ErrorKind::internal, "the system has no random numbers.");
  for (int i = 0; i < bytes; ++i) text += fmt::format("{:02x}", random[i]);
  return text;
}

}  // namespace atelier::studio
