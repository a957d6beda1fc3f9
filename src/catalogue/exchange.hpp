// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/catalogue/works.hpp"

/// Readers and writers of one format each.
namespace atelier::catalogue {

/// A work as a file tells it.
struct Record {
  Work work;
  std::vector<std::string> files;  ///< paths as they are written there
  std::string place;               ///< "line 3", for messages
};
using TakeRecord = std::function<void(Record&)>;

// `what`: the file's name in messages. They throw Error bad_input.
void read_csv(std::string_view text, const std::string& what, const TakeRecord& take);
void read_linked_art(std::string_view text, const std::string& what, const TakeRecord& take);
void read_dublin_core(std::string_view text, const std::string& what, const TakeRecord& take);

/// A work with what else is written of it.
struct Told {
  Work work;
  std::vector<WorkFile> files;
};

/// The parts of a file: what stands before the works, between them and after, and each work.
struct Writer {
  std::string begin, between, end;
  std::function<std::string(const Told&)> work;
};
[[nodiscard]] Writer csv_writer();
[[nodiscard]] Writer linked_art_writer(const std::string& catalogue_name);
[[nodiscard]] Writer dublin_core_writer();

}  // namespace atelier::catalogue
