// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "atelier/catalogue/pages.hpp"
#include "atelier/catalogue/works.hpp"

namespace atelier::catalogue {

/// What a certificate says, as it is signed.
[[nodiscard]] nlohmann::json certificate_says(const Catalogue& catalogue, const Work& work,
                                              const std::vector<WorkFile>& files, int copy,
                                              const std::string& signer);

/// The signature as a part of the page.
[[nodiscard]] std::string signature_html(const nlohmann::json& says, const Signer& signer);

}  // namespace atelier::catalogue
