// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "atelier/base/sha256.hpp"
#include "studio/place.hpp"

namespace atelier::studio {

class Cache;
class ObjectStore;

/// Files that a training run has beside its checkpoint, which is not whole without them: the best
/// model so far, and the log.
inline constexpr std::array<std::string_view, 2> checkpoint_companions{"model.safetensors",
                                                                       "log.jsonl"};

/// Files by SHA-256 of their content: DIGEST lies at files/DI/DIGEST of a folder, and nothing of it
/// is ever named by what comes from outside. Files are written once, whole, and only read after
/// that. Several machines share the folder, or a store of objects, of which the folder then holds
/// what was needed last, up to a limit.
///
/// Previews and checkpoints come and go; they lie apart (previews/, checkpoints/), so that none can
/// be taken for a file.
/// All methods may be called from any thread.
class FileStore {
 public:
  /// Makes the folders where they are missing. Throws Error io and, for a store of objects, as
  /// open_objects().
  explicit FileStore(const Place& place);
  ~FileStore();
  FileStore(const FileStore&) = delete;
  FileStore& operator=(const FileStore&) = delete;

  /// Where the file with this digest lies here, or would. `digest` must be one (is_digest()).
  [[nodiscard]] std::filesystem::path path(std::string_view digest) const;
  /// Whether the store has it, here or far away.
  [[nodiscard]] bool has(std::string_view digest) const;
  /// path(), once it is here. Throws Error bad_input when the store does not have it.
  [[nodiscard]] std::filesystem::path fetch(std::string_view digest) const;

  /// What of keep() may take long, done before: a transaction that calls keep() is short then.
  void offer(const std::filesystem::path& file, std::string_view digest) const;
  /// Takes back what was offered and is not to be kept.
  void withdraw(std::string_view digest) const;
  /// Brings a file of ours under its digest; `file` is gone then, and where it is already, nothing
  /// is done. The digest must be that of its content. It has reached the disk, or the store of
  /// objects, before this returns. Throws Error io.
  void keep(const std::filesystem::path& file, std::string_view digest) const;
  /// No error when it is not there.
  void remove(std::string_view digest) const;
  /// Gives the file a second name in a job's folder, without copying where the system can. Throws
  /// Error bad_input when it is not there, io when `as` cannot be made.
  void place(std::string_view digest, const std::filesystem::path& as) const;
  /// The same, and what has to be brought for it does not stay here.
  void hand_out(std::string_view digest, const std::filesystem::path& as) const;

  /// The same for previews; keeping one does not wait for the disk.
  void keep_preview(const std::filesystem::path& file, std::string_view digest) const;
  [[nodiscard]] std::optional<std::filesystem::path> fetch_preview(std::string_view digest) const;
  void remove_preview(std::string_view digest) const;

  /// What a job that is lost goes on from, by a name of ours, replaced when there is a newer one;
  /// or one of its companions, by its file name. `file` is gone then. Throws Error io.
  void keep_checkpoint(const std::filesystem::path& file, const std::string& name,
                       std::string_view companion = {}) const;
  /// Has it lie at `as`, whole, with its companions beside it. False: there is none.
  [[nodiscard]] bool place_checkpoint(const std::string& name,
                                      const std::filesystem::path& as) const;
  /// Of all its files. No error when it is not there.
  void remove_checkpoint(const std::string& name) const;

  /// Where what comes from outside is written until it is whole.
  [[nodiscard]] std::filesystem::path incoming() const { return own_ / "incoming"; }
  /// Removes what uploads left there that never ended. For the one server of a folder.
  void forget_incoming() const;

 private:
  [[nodiscard]] std::filesystem::path preview_path(std::string_view digest) const;
  bool place_at(const std::string& key, const std::filesystem::path& as) const;

  std::filesystem::path own_, folder_;
  std::unique_ptr<ObjectStore> objects_;
  std::unique_ptr<Cache> cache_;  ///< where there are objects
};

/// A file that comes from outside piece by piece. It goes when it is not kept.
class Upload {
 public:
  /// Throws Error io; append() does, too, on a full disk.
  Upload(const FileStore& store, std::int64_t most_bytes);
  ~Upload();
  Upload(const Upload&) = delete;
  Upload& operator=(const Upload&) = delete;

  /// False, and nothing is written, where the file would become longer than it may.
  [[nodiscard]] bool append(std::string_view bytes);
  [[nodiscard]] std::int64_t bytes() const noexcept { return bytes_; }
  /// The first and last bytes, by which its type is told.
  [[nodiscard]] std::string_view head() const noexcept { return head_; }
  [[nodiscard]] std::string_view tail() const noexcept { return tail_; }
  /// SHA-256 of all that came; call once, at the end.
  [[nodiscard]] std::string digest();
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
  int file_ = -1;
  std::int64_t most_, bytes_ = 0;
  std::string head_, tail_;
  Sha256 hash_;
};

}  // namespace atelier::studio
