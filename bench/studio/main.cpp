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
  if (which == "queue") {
    return atelier::studio::queue_bench({.folder = argv[2],
                                         .postgres = argc > 3 && argv[3] == std::string("postgres"),
                                         .jobs = number(4, 1000),
                                         .workers = number(5, 4),
                                         .kills = number(6, 50),
                                         .server_kills = number(7, 5)});
  }
  if (which == "viewers")
    return atelier::studio::viewers_bench(argv[2], number(3, 200), number(4, 20));
  std::fprintf(stderr, "usage: atelier_studio_bench queue|viewers FOLDER [NUMBERS]\n");
  return 2;
}
