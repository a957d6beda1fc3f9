// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "atelier/sequence/decoder.hpp"
#include "sequence/model.hpp"

namespace atelier::sequence {

/// TorchDecoder of a finished model, with parameters of its own.
[[nodiscard]] std::unique_ptr<Decoder> make_reference_decoder(const Model& model);

}  // namespace atelier::sequence
