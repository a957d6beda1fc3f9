// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/base/options.hpp"
#include "atelier/catalogue/catalogue.hpp"
#include "atelier/catalogue/works.hpp"

namespace atelier::catalogue {

/// What is looked for: works for which all that is given holds. Ranges and help stand in
/// query_option_table().
struct Query {
  std::string words{};  ///< all of them, or their beginnings; Chinese and Japanese by character
  std::string kind{}, artist{}, keyword{}, status{}, owner{}, location{}, licence{};
  std::string made{};                    ///< EDTF: made at some time within it
  std::string min_price{}, max_price{};  ///< money, of one currency
  std::string borrower{};                ///< on loan to
  std::string exhibition{};              ///< shown in
  std::string condition{};               ///< grade that was found last
  std::string digest{};                  ///< SHA-256 of one of its files
  std::string due{};                     ///< open loans that were to end by this day
  std::string sort = "number";
  bool descending = false;
  int limit = 50;
  int offset = 0;
};
[[nodiscard]] const OptionTable<Query>& query_option_table();

struct Found {
  std::int64_t row = 0;
  Work work;
  std::string status;
};

/// The works, sorted; the best first where words are looked for and "relevance" is the order. Of
/// very many works with the same words, the 2000 newest are ranked. Throws Error bad_input for a
/// value that is none.
[[nodiscard]] std::vector<Found> find(const Catalogue& catalogue, const Query& query);

/// How many there are, all pages together.
[[nodiscard]] std::int64_t count(const Catalogue& catalogue, const Query& query);

/// How many works each value has of one of these: kind, status, licence, location.
[[nodiscard]] std::vector<std::pair<std::string, std::int64_t>> tally(const Catalogue& catalogue,
                                                                      std::string_view column);

/// Works that have a file of these digests, in their order, each once: what search by picture
/// (retrieval::Library, which knows pictures by their digests here) found.
[[nodiscard]] std::vector<Found> with_files(const Catalogue& catalogue,
                                            std::span<const std::string> digests);

}  // namespace atelier::catalogue
