// SPDX-License-Identifier: Apache-2.0
#include <span>
#include <string>

#include "atelier/base/digest.hpp"
#include "check.hpp"

namespace atelier::bench {
namespace {

/// FIPS 180-4's long test message, a million times "a", whose digest the standard states.
void digest(benchmark::State& state) {
  const std::string message(1'000'000, 'a');
  std::string result;
  for (auto _ : state) {
    result = sha256(std::as_bytes(std::span(message)));
    benchmark::DoNotOptimize(result);
  }
  expect(state, "the digest",
         result == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(message.size()));
  state.SetLabel("1 MB");
}
BENCHMARK(digest)->Name("base/digest")->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace atelier::bench
