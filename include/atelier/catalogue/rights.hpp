// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

/// What may be done with a work, in words that machines know.
namespace atelier::catalogue {

/// A licence's SPDX identifier as SPDX writes it: of Creative Commons' licences, of those that art,
/// fonts, data and programs are commonly given under, or of a licence of one's own,
/// "LicenseRef-NAME" (SPDX 2.3, annex D). Takes any case, and the web addresses of Creative
/// Commons' licences. Empty for empty. Throws Error bad_input for one that is not known.
[[nodiscard]] std::string licence_id(std::string_view text);

/// The address of a licence's text; empty for a LicenseRef.
[[nodiscard]] std::string licence_uri(std::string_view id);

/// The URI of a rights statement as it is to be written: one of the twelve of RightsStatements.org
/// ("InC" for short), or an address of Creative Commons. Empty for empty. Throws Error bad_input
/// for any other.
[[nodiscard]] std::string rights_uri(std::string_view text);

/// What such a URI says: "In Copyright"; empty for one that is not known.
[[nodiscard]] std::string rights_label(std::string_view uri);

}  // namespace atelier::catalogue
