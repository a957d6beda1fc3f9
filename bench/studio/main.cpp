// SPDX-License-Identifier: Apache-2.0
// The studio's figures: queue.cpp and viewers.cpp say what is measured and how it is run.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "queue.hpp"
#include "viewers.hpp"

int main(int argc, char** argv) {
  const std::string which = argc > 2 ? argv[1] : "";
  const auto number = [&](int place, int otherwise) {
    return argc > place ? std::atoi(argv[place]) : otherwise;
  };
  if (which == "queue")
    return atelier::studio::queue_bench(argv[2], number(3, 1000), number(4, 4), number(5, 50));
  if (which == "viewers")
    return atelier::studio::viewers_bench(argv[2], number(3, 200), number(4, 20));
  std::fprintf(stderr, "usage: atelier_studio_bench queue|viewers FOLDER [NUMBERS]\n");
  return 2;
}
