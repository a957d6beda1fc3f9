// SPDX-License-Identifier: Apache-2.0
#include "style/film/memory.hpp"

namespace atelier::style {

StyleMemory::StyleMemory() : held_(std::make_unique<Held>()) {}
StyleMemory::~StyleMemory() = default;
StyleMemory::StyleMemory(StyleMemory&&) noexcept = default;
StyleMemory& StyleMemory::operator=(StyleMemory&&) noexcept = default;

}  // namespace atelier::style
