// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cassert>

#include "atelier/base/error.hpp"
#include "atelier/provenance/ledger.hpp"
#include "provenance/durable_files.hpp"
#include "provenance/ledger_paths.hpp"
#include "provenance/right_edge.hpp"
#include "provenance/tile_files.hpp"
#include "provenance/write_lock.hpp"

namespace atelier::provenance {
namespace {

namespace fs = std::filesystem;

/// The entries of the bundle that is being filled, beneath `folder`.
std::vector<std::string> open_bundle(const fs::path& folder, std::uint64_t size) {
  const Tile tile = tile_in(size, 0, size / tile_width);
  return tile.width == 0 ? std::vector<std::string>() : read_bundle(folder, tile);
}

std::string bundled(const std::vector<std::string>& entries) {
  std::string bundle;
  for (const std::string& entry : entries) append_entry(entry, bundle);
  return bundle;
}

[[noreturn]] void fail_changed(const fs::path& folder) {
  fail(ErrorKind::bad_input,
       "the log in {} was changed or damaged: what lies there does not make the root that was "
       "written down; bring back a copy of it, and append and sign nothing before.",
       folder.string());
}

}  // namespace

struct LedgerWriter::State {
  explicit State(const fs::path& folder)
      : paths{folder},
        ledger(folder),
        lock(paths.lock(), "the ledger in " + folder.string()),
        head(ledger.head()),
        edge(head.size, [&](const Tile& tile) { return read_tile(paths.served(), tile); }) {
    clear_aside();
    if (edge.root() != head.root) fail_changed(paths.served());
    read_open_bundles();
    if (const auto checkpoint = ledger.checkpoint()) {
      signed_head = checkpoint->head;
      check_signed();
    }
  }

  void clear_aside() const {
    make_durable_folder(paths.aside(), 0700);
    for (const fs::directory_entry& left : fs::directory_iterator(paths.aside()))
      fs::remove(left.path());
  }

  /// What is written anew with the next entries must be what was appended.
  void read_open_bundles() {
    const std::vector<std::string> open = open_bundle(paths.served(), head.size),
                                   hidden = open_bundle(paths.kept(), head.size);
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (leaf_hash(open[i]) != edge.row(0)[i]) fail_changed(paths.served());
      if (parse_presentation(hidden[i], paths.kept().string()).entry != open[i])
        fail_changed(paths.kept());
    }
    entries = bundled(open);
    kept = bundled(hidden);
  }

  /// The log must begin with all that was signed.
  void check_signed() const {
    if (signed_head->size > head.size) fail_changed(paths.served());
    const auto nodes = ledger.log().nodes(head.size);
    const Proof proof = prove_consistency(*nodes, signed_head->size, head.size);
    if (!consistency_holds(signed_head->size, signed_head->root, head.size, head.root, proof))
      fail_changed(paths.served());
  }

  void add_tile(DurableFiles& files, const Tile& tile, const std::vector<Hash>& hashes) {
    files.add(paths.served() / tile_path(tile), to_bytes(hashes));
    if (tile.level != 0) return;
    files.add(paths.served() / entries_path(tile), entries);
    files.add(paths.kept() / entries_path(tile), kept, 0600);
    if (!tile.is_full()) return;
    entries.clear();
    kept.clear();
  }

  /// Partial tiles that no checkpoint needs, and those whose places are full now.
  void remove_outdated(std::uint64_t old_size, const std::vector<Tile>& filled) const {
    const std::vector<Tile> now = partial_tiles(head.size),
                            checked = partial_tiles(signed_head ? signed_head->size : 0);
    const auto is_in = [](const Tile& tile, const std::vector<Tile>& tiles) {
      return std::find(tiles.begin(), tiles.end(), tile) != tiles.end();
    };
    std::error_code ignored;
    const auto remove = [&](const Tile& tile, bool folder) {
      const auto remove_one = [&](const fs::path& file) {
        folder ? fs::remove_all(partial_folder(file), ignored) : fs::remove(file, ignored);
      };
      remove_one(paths.served() / tile_path(tile));
      if (tile.level != 0) return;
      remove_one(paths.served() / entries_path(tile));
      remove_one(paths.kept() / entries_path(tile));
    };
    for (const Tile& tile : partial_tiles(old_size)) {
      if (!is_in(tile, now) && !is_in(tile, checked)) remove(tile, false);
    }
    for (const Tile& tile : filled) remove(tile, true);
  }

  void write_checkpoint(const std::string& note) const {
    DurableFiles files(paths.aside());
    files.add(paths.checkpoint(), note);
    files.commit();
  }

  LedgerPaths paths;
  Ledger ledger;
  WriteLock lock;
  TreeHead head;
  RightEdge edge;
  std::string entries, kept;  // bundles that are being filled
  std::optional<TreeHead> signed_head;
  bool broken = false;  // memory is ahead of the disk
};

LedgerWriter::LedgerWriter(const fs::path& folder) : state_(std::make_unique<State>(folder)) {}
LedgerWriter::~LedgerWriter() = default;

const TreeHead& LedgerWriter::head() const noexcept {
  return state_->head;
}

std::uint64_t LedgerWriter::append(std::span<const SealedEvent> events) {
  State& state = *state_;
  assert(!state.broken);
  const std::uint64_t first = state.head.size;
  if (events.empty()) return first;
  if (events.size() > max_tree_size - first)
    fail(ErrorKind::bad_input, "the ledger is full; begin another.");
  state.broken = true;
  DurableFiles files(state.paths.aside());
  std::vector<Tile> filled;
  for (const SealedEvent& event : events) {
    append_entry(event.entry, state.entries);
    append_entry(join_presentation(event.entry, event.disclosures), state.kept);
    state.edge.append(leaf_hash(event.entry), [&](const Tile& tile, const auto& hashes) {
      state.add_tile(files, tile, hashes);
      filled.push_back(tile);
    });
  }
  const std::vector<Tile> before = partial_tiles(first);
  for (const Tile& tile : partial_tiles(state.edge.size())) {
    if (std::find(before.begin(), before.end(), tile) == before.end())
      state.add_tile(files, tile, state.edge.row(tile.level));
  }
  files.commit();
  TreeHead head{.origin = state.head.origin, .size = state.edge.size(), .root = state.edge.root()};
  files.add(state.paths.head(), to_text(head), 0600);
  files.commit();
  state.head = std::move(head);
  state.broken = false;
  state.remove_outdated(first, filled);
  return first;
}

std::string LedgerWriter::sign(const SigningKey& key) {
  State& state = *state_;
  assert(!state.broken);
  const VerifierKey& owner = state.ledger.settings().key;
  if (!(key.public_key().verifier(owner.name, VerifierKey::Type::log) == owner)) {
    fail(ErrorKind::bad_input,
         "this identity is not the one that the ledger began with; sign with '{}'.",
         state.ledger.settings().identity);
  }
  if (state.signed_head) {
    if (state.signed_head->size == state.head.size) return state.ledger.checkpoint()->note;
    state.check_signed();
  }
  const std::string text = to_text(state.head);
  std::string note = to_text(Note{text, {sign_note(text, owner.name, key)}});
  state.write_checkpoint(note);
  state.signed_head = state.head;
  return note;
}

std::size_t LedgerWriter::add_cosignatures(std::string_view lines,
                                           std::span<const VerifierKey> witnesses) {
  State& state = *state_;
  const auto checkpoint = state.ledger.checkpoint();
  if (!checkpoint) {
    fail(ErrorKind::bad_input,
         "the ledger has no checkpoint yet; sign one with `atelier ledger checkpoint {}`.",
         state.paths.folder.string());
  }
  Note note = parse_note(checkpoint->note, "the checkpoint");
  const Note offered = parse_note(note.text + "\n" + std::string(lines), "the cosignatures");
  for (const NoteSignature& signature : offered.signatures) {
    const Note alone{note.text, {signature}};
    std::vector<VerifiedSignature> verified;
    try {
      verified = verified_signatures(alone, witnesses, "the cosignature");
    } catch (const Error&) {
      fail(ErrorKind::bad_input,
           "the cosignature of {} was made for another checkpoint, or is damaged; have the present "
           "one cosigned.",
           signature.name);
    }
    if (verified.empty() || !verified.front().time) {
      fail(ErrorKind::bad_input,
           "the cosignature of {} is of no witness that was named; name its key with --witness.",
           signature.name);
    }
    std::erase_if(note.signatures, [&](const NoteSignature& known) {
      return known.name == signature.name && known.key_id == signature.key_id;
    });
    note.signatures.push_back(signature);
  }
  const std::string text = to_text(note);
  (void)parse_note(text, "the checkpoint");  // within the limits still
  state.write_checkpoint(text);
  return offered.signatures.size();
}

}  // namespace atelier::provenance
