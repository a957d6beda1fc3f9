// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/ledger.hpp"

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/provenance/identities.hpp"
#include "atelier/provenance/ledger.hpp"
#include "jobs/ledger/event_reader.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;
using provenance::Ledger;
using provenance::LedgerWriter;
using provenance::SealedEvent;

/// Seals and appends what `reader` has left, in batches.
void append_all(EventReader& reader, int batch, LedgerWriter& writer, AppendReport& report,
                const OnProgress& on_progress, const std::stop_token& stop) {
  for (;;) {
    if (stop.stop_requested()) fail(ErrorKind::cancelled, "stopped.");
    std::vector<SealedEvent> sealed;
    for (const nlohmann::json& event : reader.next(static_cast<std::size_t>(batch)))
      sealed.push_back(provenance::seal(event));
    if (sealed.empty()) return;
    writer.append(sealed);
    report.count += sealed.size();
    if (!on_progress) continue;
    on_progress({.stage = "append",
                 .done = static_cast<std::int64_t>(report.count),
                 .total = 0,
                 .seconds = report.seconds,
                 .remaining = -1,
                 .values = {}});
  }
}

}  // namespace

const OptionTable<AppendOptions>& append_option_table() {
  using O = AppendOptions;
  static const OptionTable<O> table{
      {&O::batch,
       {"batch",
        "Append",
        "events that are brought to disk together",
        "events",
        1,
        100'000,
        {},
        {}}},
  };
  return table;
}

LedgerReport init_ledger(const fs::path& folder, const std::string& identity,
                         const std::string& origin) {
  const provenance::VerifierKey key = provenance::Identities().public_key(identity).verifier(
      origin, provenance::VerifierKey::Type::log);
  Ledger::create(folder, {.identity = identity, .key = key});
  return show_ledger(folder);
}

LedgerReport show_ledger(const fs::path& folder) {
  const Ledger ledger(folder);
  LedgerReport report{.folder = folder,
                      .identity = ledger.settings().identity,
                      .key = to_text(ledger.settings().key),
                      .head = ledger.head(),
                      .checkpoint = {}};
  if (const auto checkpoint = ledger.checkpoint()) {
    report.checkpoint = checkpoint->head;
    report.cosignatures =
        provenance::parse_note(checkpoint->note, "the checkpoint").signatures.size() - 1;
  }
  return report;
}

AppendReport append_events(const AppendRequest& request, const OnProgress& on_progress,
                           std::stop_token stop) {
  AppendReport report{.folder = request.folder, .head = {}};
  LedgerWriter writer(request.folder);
  report.first = writer.head().size;
  {
    const Stopwatch watch(report.seconds);
    try {
      for (const std::string& source : request.sources) {
        EventReader reader(source);
        append_all(reader, request.options.batch, writer, report, on_progress, stop);
      }
    } catch (const Error& error) {
      if (report.count == 0) throw;
      throw Error(error.kind(),
                  fmt::format("{} ({} events before were appended.)", error.what(), report.count));
    }
  }
  report.head = writer.head();
  return report;
}

LedgerReport sign_ledger(const fs::path& folder, const AskPassphrase& passphrase) {
  LedgerWriter writer(folder);
  const Ledger ledger(folder);
  writer.sign(provenance::Identities().unlock(ledger.settings().identity, passphrase));
  return show_ledger(folder);
}

LedgerReport add_cosignatures(const fs::path& folder, const fs::path& cosignatures,
                              const std::vector<std::string>& witnesses) {
  std::vector<provenance::VerifierKey> keys;
  for (const std::string& key : witnesses) keys.push_back(provenance::parse_verifier_key(key));
  const std::string lines = read_file(cosignatures, provenance::max_note_bytes);
  LedgerWriter(folder).add_cosignatures(lines, keys);
  return show_ledger(folder);
}

}  // namespace atelier::jobs
