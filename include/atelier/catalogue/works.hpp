// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/catalogue/catalogue.hpp"
#include "atelier/catalogue/work.hpp"

namespace atelier::catalogue {

/// A file of a work, known by what is in it.
struct WorkFile {
  int version = 0;     ///< counts the files of the work from 1
  std::string digest;  ///< SHA-256, hexadecimal
  std::int64_t bytes = 0;
  std::string media_type;     ///< by its suffix; application/octet-stream when that says nothing
  std::string path;           ///< from the catalogue's folder where it lies there, else absolute
  int width = 0, height = 0;  ///< px, of pictures
};

/// Reads a file: digest, size, and edges of a picture. Throws Error bad_input when it cannot be
/// read.
[[nodiscard]] WorkFile read_work_file(const Catalogue& catalogue,
                                      const std::filesystem::path& file);
/// Where a file should lie.
[[nodiscard]] std::filesystem::path path_of(const Catalogue& catalogue, const WorkFile& file);

inline constexpr std::size_t max_files_at_once = 64;

/// Adds a work with its files, as one transaction that also holds the event "registered". Returns
/// the work as it is kept. Throws Error bad_input as normalise(), for a number that is taken, and
/// for more than max_files_at_once files.
Work add_work(const Catalogue& catalogue, const Work& work,
              const std::vector<WorkFile>& files = {});

/// Replaces what is known of a work; the event "revised" tells what changed. False when nothing
/// did. Throws Error bad_input as add_work(), and for an edition smaller than a copy that has an
/// owner.
bool edit_work(const Catalogue& catalogue, Work work);

/// Adds versions of a work; the event "filed" tells their digests.
void add_files(const Catalogue& catalogue, std::string_view number,
               const std::vector<WorkFile>& files);

[[nodiscard]] Work work(const Catalogue& catalogue, std::string_view number);
[[nodiscard]] std::vector<WorkFile> files_of(const Catalogue& catalogue, std::string_view number);

/// Beside what is said of a work: where it stands.
struct Standing {
  std::string status;
  struct Copy {
    int copy = 0;
    std::string owner;
    std::string title_event;  ///< digest of the event by which the owner has it
  };
  std::vector<Copy> owned;  ///< copies whose owner is known
};
[[nodiscard]] Standing standing(const Catalogue& catalogue, std::string_view number);

/// The owner's word that a copy without an owner is theirs: the event "claimed". `copy` counts from
/// 1. Throws Error bad_input when it has an owner, who may transfer it, or the party has no key.
void claim(const Catalogue& catalogue, std::string_view number, int copy, std::string_view owner);

}  // namespace atelier::catalogue
