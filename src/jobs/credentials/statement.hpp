// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "atelier/provenance/credential.hpp"
#include "jobs/credentials/at_hand.hpp"

namespace atelier::jobs {

/// Deeds, ingredients and recipe of a work that one of our commands made, as its recipe tells:
///
///   stylize, translate     the photograph was opened, and painted anew with a trained network:
///                          compositeWithTrainedAlgorithmicMedia; the paintings are inputs
///   generate, breed,       made by a trained network: trainedAlgorithmicMedia; parents, or the
///   invert                 picture that was to be met, are inputs
///   palette apply, frame   the picture was opened, and recoloured or cut
///
/// Another command's recipe, or a damaged one, gives a statement without deeds.
[[nodiscard]] provenance::Statement statement_of(const nlohmann::json& recipe,
                                                 const WorksAtHand& works);

}  // namespace atelier::jobs
