// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "atelier/provenance/event.hpp"
#include "atelier/provenance/log_folder.hpp"
#include "atelier/provenance/policy.hpp"
#include "atelier/provenance/signing_key.hpp"

/// A ledger: a log of sealed events with what its owner keeps of them, in one folder.
///
///     ledger.json   who owns it, as LedgerSettings
///     public/       the log as it is served: `checkpoint` and `tile/...` (C2SP tlog-tiles)
///     private/      the disclosures of every entry, in bundles like those of the entries; mode
///     0700 head          the tree of all that was appended, as the text of a checkpoint, not
///     signed lock, aside/  of the one writer
///
/// Whatever moment the writer is killed at, the log opens: files are written aside, flushed and
/// renamed; an append writes bundles and tiles first and `head` after them, so that what `head` and
/// `checkpoint` tell is always on disk. What a killed append left is written anew by the next.
namespace atelier::provenance {

struct LedgerSettings {
  std::string identity;  ///< whose key signs: a name in Identities
  VerifierKey key;       ///< of type log; its name is the log's origin
};

/// A ledger to be read, also while another process writes.
class Ledger {
 public:
  /// Makes an empty ledger in a folder that is empty or does not exist. Throws Error
  /// invalid_argument when it is not, or the origin is none; io when nothing can be written.
  static void create(const std::filesystem::path& folder, const LedgerSettings& settings);

  /// Throws Error bad_input when the folder is no ledger, or is damaged.
  explicit Ledger(std::filesystem::path folder);

  [[nodiscard]] const LedgerSettings& settings() const noexcept { return settings_; }
  [[nodiscard]] const LogFolder& log() const noexcept { return log_; }
  [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }

  /// All that was appended. Throws Error bad_input when the file is damaged.
  [[nodiscard]] TreeHead head() const;

  struct Checkpoint {
    std::string note;
    TreeHead head;
  };
  /// What was signed last, its signature checked; nothing when nothing was. Throws Error bad_input.
  [[nodiscard]] std::optional<Checkpoint> checkpoint() const;

  /// The disclosures of an entry of the signed tree of `size` entries; index < size. Throws Error
  /// bad_input when they are missing or damaged.
  [[nodiscard]] std::vector<std::string> disclosures(std::uint64_t index, std::uint64_t size) const;

 private:
  std::filesystem::path folder_;
  LedgerSettings settings_;
  LogFolder log_;
};

/// The one writer of a ledger.
class LedgerWriter {
 public:
  /// Throws Error io when another process writes it, bad_input as Ledger does and when tiles on
  /// disk do not make the roots that `head` and `checkpoint` tell.
  explicit LedgerWriter(const std::filesystem::path& folder);
  ~LedgerWriter();
  LedgerWriter(const LedgerWriter&) = delete;
  LedgerWriter& operator=(const LedgerWriter&) = delete;

  [[nodiscard]] const TreeHead& head() const noexcept;

  /// Adds events and returns the index of the first. They are on disk then, and not signed. Throws
  /// Error io; then none of them counts as added.
  std::uint64_t append(std::span<const SealedEvent> events);

  /// Signs all that was appended and returns the checkpoint, which is on disk then. The one there
  /// is when nothing was appended since, with its cosignatures. Throws Error bad_input when the key
  /// is not that of the ledger, or the log was changed since it was last signed.
  std::string sign(const SigningKey& key);

  /// Adds signature lines of witnesses to the checkpoint, in the place of older ones of the same,
  /// and returns how many. Throws Error bad_input for a line that is none of `witnesses`' or was
  /// made for another checkpoint.
  std::size_t add_cosignatures(std::string_view lines, std::span<const VerifierKey> witnesses);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace atelier::provenance
