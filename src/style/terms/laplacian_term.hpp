// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "style/scene.hpp"
#include "style/terms/term.hpp"

namespace atelier::style {

/// Laplacian (style/losses/laplacian.hpp) against the photograph: keeps lines and outlines.
[[nodiscard]] std::unique_ptr<PictureTerm> laplacian_term(const Scene& scene);

}  // namespace atelier::style
