// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/blas.hpp"
#include "cli/commands.hpp"

int main(int argc, char** argv) {
  atelier::jobs::restart_with_fitting_blas(argv);
  return atelier::cli::run(argc, argv);
}
