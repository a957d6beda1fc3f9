// SPDX-License-Identifier: Apache-2.0
// What the frozen network shows of many pictures, as `train appraisal` keeps it.
//
//   atelier_appraise_bench features STORE < LIST
//     looks at each file that LIST names, a path a line, and keeps what was seen in STORE; what is
//     there already is not looked at again. To train in that folder later, call it features.bin.
#include <fmt/format.h>

#include <iostream>
#include <string>

#include "appraise/feature_store.hpp"
#include "atelier/appraise/appraiser.hpp"
#include "atelier/tensor/compute.hpp"

namespace {

using namespace atelier;

void features(const std::string& store_file) {
  const appraise::Eyes eyes(appraise::load_eyes());
  appraise::FeatureStore store(store_file, eyes);
  std::string line;
  for (std::size_t done = 0; std::getline(std::cin, line);) {
    static_cast<void>(store.of(line));
    if (++done % 100 == 0) fmt::print(stderr, "{}\n", done);
  }
}

}  // namespace

int main(int count, char** words) {
  const std::string command = count > 2 ? words[1] : "";
  try {
    if (command == "features") {
      static_cast<void>(tensor::set_up("cpu", 1));
      features(words[2]);
    } else {
      fmt::print(stderr, "atelier_appraise_bench features STORE < LIST\n");
      return 2;
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "atelier_appraise_bench: {}\n", error.what());
    return 1;
  }
  return 0;
}
