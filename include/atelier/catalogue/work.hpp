// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "atelier/base/options.hpp"

namespace atelier::catalogue {

/// What a catalogue says of a work. Ranges and help stand in work_option_table(), which the command
/// line and the columns of CSV files read.
struct Work {
  std::string number{};  ///< inventory number, its name for ever; empty: the next of the year
  std::string kind = "picture";
  std::string title{};
  std::string
      artists{};       ///< names, a semicolon between; "(after)" and such behind a name: the role
  std::string date{};  ///< EDTF, as date.hpp has it
  std::string medium{}, dimensions{};
  std::string language{};  ///< BCP 47, of a work of words
  std::string keywords{};  ///< a semicolon between
  std::string description{};
  std::string rights{};   ///< URI, as rights.hpp has it
  std::string licence{};  ///< SPDX identifier, likewise
  std::string credit{};
  int edition = 1;  ///< how many copies were made: 1 of what is unique
  int proofs = 0;   ///< artist's proofs beside them
  std::string location{};
  std::string price{};  ///< asked for it, as money.hpp has it

  bool operator==(const Work&) const = default;
};
[[nodiscard]] const OptionTable<Work>& work_option_table();

/// Puts every field into the form that is kept. Throws Error bad_input for a field that breaks its
/// limit: text that is no UTF-8, holds control characters or is too long, a date, licence, price
/// that is none, a work without a title.
void normalise(Work& work);

/// Names between semicolons, without blanks around them; empty ones left out.
[[nodiscard]] std::vector<std::string> split_names(std::string_view text);

/// A name with its role: "Édouard Manet (after)".
struct Credit {
  std::string name, role;
};
[[nodiscard]] Credit parse_credit(std::string_view text);

/// What there are kinds of, and what other catalogues call them.
struct WorkKind {
  std::string_view name;         ///< "print"
  std::string_view dcmi_type;    ///< DCMI Type Vocabulary
  std::string_view linked_type;  ///< class of Linked Art
  std::string_view aat;          ///< number in the Getty's Art & Architecture Thesaurus
  std::string_view aat_label;
};
[[nodiscard]] const std::vector<WorkKind>& work_kinds();
[[nodiscard]] const WorkKind& work_kind(std::string_view name);

/// The name of a copy: "3/50", "AP 1/5"; empty of a work that is unique. `copy` counts from 1, the
/// proofs after the edition.
[[nodiscard]] std::string copy_label(int copy, int edition, int proofs);

}  // namespace atelier::catalogue
