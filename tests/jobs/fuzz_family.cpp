// SPDX-License-Identifier: Apache-2.0
// libFuzzer's entry for the family in a picture's recipe: any bytes are read or refused, and what
// was read comes back as it was kept.
#include <cstddef>
#include <cstdint>

#include "atelier/base/error.hpp"
#include "jobs/family.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace atelier::jobs;
  const auto json = nlohmann::json::parse(data, data + size, nullptr, false);
  try {
    const Member member = member_from_json(json);
    const Member again = member_from_json(to_json(member));
    if (again.parents.size() != member.parents.size() ||
        again.latent.values != member.latent.values) {
      __builtin_trap();
    }
  } catch (const atelier::Error&) {
  }
  return 0;
}
