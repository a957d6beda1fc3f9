// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "atelier/base/options.hpp"
#include "atelier/catalogue/catalogue.hpp"
#include "atelier/provenance/signing_key.hpp"

/// Pages for people, of HTML that holds all it needs: pictures, styles and QR codes, and nothing
/// that runs or is fetched; made to be printed on A4. All text is escaped.
namespace atelier::catalogue {

/// How pages look. Ranges and help stand in page_option_table().
struct PageOptions {
  std::string title{};  ///< empty: the catalogue's name
  std::string url{};    ///< of the catalogue on the web; a QR code then leads to url + number
  bool prices = false;
  int edge = 900;  ///< px, long edge of pictures
};
[[nodiscard]] const OptionTable<PageOptions>& page_option_table();

/// Who vouches for a certificate.
struct Signer {
  std::string name;
  const provenance::SigningKey* key;
};

/// A certificate of authenticity of one copy of a work: what it is, by what its files are known,
/// its history, and how the ledger can be asked. With `signer` it holds a JWS (jws.hpp) over all
/// that it says, which verify_certificate() reads again. Throws Error bad_input for a copy that was
/// not made.
[[nodiscard]] std::string certificate_page(const Catalogue& catalogue, const std::string& number,
                                           int copy, const PageOptions& options,
                                           const std::optional<Signer>& signer);

/// What a signed certificate says, when its signature holds. Throws Error bad_input when there is
/// none in the page, or it does not hold. Only what is returned was signed: the page around it may
/// say anything.
struct Certificate {
  nlohmann::json says;
  std::string signer;  ///< the name that the certificate gives its signer
  std::string key_id;  ///< thumbprint of the key that signed
};
[[nodiscard]] Certificate verify_certificate(const std::string& page, const std::string& what);

/// A catalogue of these works.
[[nodiscard]] std::string catalogue_page(const Catalogue& catalogue,
                                         const std::vector<std::string>& numbers,
                                         const PageOptions& options);

/// Prints a page to PDF with Chromium. Throws Error missing_capability where there is none, io.
void print_to_pdf(const std::filesystem::path& page, const std::filesystem::path& output);

}  // namespace atelier::catalogue
