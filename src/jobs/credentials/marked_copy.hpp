// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "atelier/base/temporary_folder.hpp"
#include "atelier/provenance/marks.hpp"

namespace atelier::jobs {

/// A picture that carries an invisible mark of the user's, to be signed in the place of the one
/// without (docs/watermark.md).
class MarkedCopy {
 public:
  /// Throws Error invalid_argument when `file` is no picture that can be marked, or `output` is a
  /// credential beside it, which would be of the picture without the mark; as
  /// provenance::MarkStore.
  MarkedCopy(const std::filesystem::path& file, const std::filesystem::path& output);

  /// In the format of the original, with its recipe.
  [[nodiscard]] const std::filesystem::path& file() const noexcept { return file_; }

  /// Keeps what was signed in the user's store. `credential`: its bytes. Throws Error io.
  void keep(const std::string& credential, const std::filesystem::path& signed_file,
            const std::string& author);

 private:
  provenance::MarkStore store_;
  TemporaryFolder folder_;
  std::filesystem::path file_;
  provenance::MarkedWork work_;
};

}  // namespace atelier::jobs
