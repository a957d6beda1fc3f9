// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace atelier::jobs {

/// Starts the program anew where OpenBLAS took kernels for an older processor than this one, with
/// OPENBLAS_CORETYPE naming those that fit; it looks there only while it is loaded. Returns where
/// there is nothing to mend, where the variable is set already, and where that cannot be done.
/// To be called first in main(), with its arguments.
void restart_with_fitting_blas(char** argv);

}  // namespace atelier::jobs
