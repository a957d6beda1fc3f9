// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/ledger.hpp"

#include <nlohmann/json.hpp>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "provenance/durable_files.hpp"
#include "provenance/ledger_paths.hpp"
#include "provenance/strict_json.hpp"
#include "provenance/tile_files.hpp"

namespace atelier::provenance {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view format = "atelier-ledger/1";
constexpr std::size_t max_settings_bytes = 65'536;

LedgerSettings read_settings(const fs::path& folder) {
  const fs::path file = LedgerPaths{folder}.settings();
  std::error_code error;
  if (!fs::exists(file, error)) {
    fail(ErrorKind::bad_input, "{} is no ledger; make one with `atelier ledger init {}`.",
         folder.string(), folder.string());
  }
  const auto json = parse_strict_json(read_file(file, max_settings_bytes), 2);
  const auto text = [&](const char* name) -> std::string {
    const auto found =
        json && json->is_object() ? json->find(name) : nlohmann::json::const_iterator();
    if (!json || !json->is_object() || found == json->end() || !found->is_string()) {
      fail(ErrorKind::bad_input, "{} is damaged; bring back a copy of it.", file.string());
    }
    return found->get<std::string>();
  };
  if (text("format") != format) {
    fail(ErrorKind::bad_input, "{} was made by another version of Atelier; use that one.",
         file.string());
  }
  return {.identity = text("identity"), .key = parse_verifier_key(text("key"))};
}

}  // namespace

void Ledger::create(const fs::path& folder, const LedgerSettings& settings) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_empty(folder, error)) {
    fail(ErrorKind::invalid_argument, "{} is not an empty folder; name a new one for the ledger.",
         folder.string());
  }
  if (settings.key.type != VerifierKey::Type::log || !is_origin(settings.key.name)) {
    fail(ErrorKind::invalid_argument,
         "'{}' cannot be a ledger's origin: use a name of 1..255 bytes without spaces and plus "
         "signs, such as example.org/catalogue.",
         settings.key.name);
  }
  const LedgerPaths paths{folder};
  make_durable_folder(folder);
  make_durable_folder(paths.aside(), 0700);
  make_durable_folder(paths.kept(), 0700);
  make_durable_folder(paths.served());
  DurableFiles files(paths.aside());
  files.add(paths.head(), to_text(TreeHead{.origin = settings.key.name}), 0600);
  files.commit();
  // Last: the folder is a ledger when it has them.
  const nlohmann::json json{
      {"format", format}, {"identity", settings.identity}, {"key", to_text(settings.key)}};
  files.add(paths.settings(), json.dump(2) + "\n", 0600);
  files.commit();
}

Ledger::Ledger(fs::path folder)
    : folder_(std::move(folder)),
      settings_(read_settings(folder_)),
      log_(LedgerPaths{folder_}.served()) {}

TreeHead Ledger::head() const {
  const fs::path file = LedgerPaths{folder_}.head();
  TreeHead head = parse_tree_head(read_file(file, max_note_bytes), file.string());
  if (head.origin != settings_.key.name)
    fail(ErrorKind::bad_input, "{} is damaged; bring back a copy of it.", file.string());
  return head;
}

std::optional<Ledger::Checkpoint> Ledger::checkpoint() const {
  std::optional<std::string> note = log_.checkpoint();
  if (!note) return std::nullopt;
  const std::string what = LedgerPaths{folder_}.checkpoint().string();
  const TrustedHead trusted = TrustPolicy::of({settings_.key}, {}, 0).trusted(*note, what);
  return Checkpoint{std::move(*note), trusted.head};
}

std::vector<std::string> Ledger::disclosures(std::uint64_t index, std::uint64_t size) const {
  const Tile tile = tile_in(size, 0, index / tile_width);
  const std::string joined = read_bundle(LedgerPaths{folder_}.kept(), tile)[index % tile_width];
  return parse_presentation(joined, LedgerPaths{folder_}.kept().string()).disclosures;
}

}  // namespace atelier::provenance
