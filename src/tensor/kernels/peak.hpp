// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace atelier::tensor {

/// Floating-point operations a second that all workers together reach in fp32, measured now, in
/// about a tenth of a second: multiplications and additions in registers alone, which nothing can
/// exceed.
[[nodiscard]] double measured_peak();

}  // namespace atelier::tensor
