// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/jobs/ledger.hpp"
#include "atelier/provenance/ledger.hpp"
#include "atelier/provenance/proof_file.hpp"
#include "jobs/ledger/served_log.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;
using namespace provenance;

/// Those of an entry's disclosures that are to be shown.
std::vector<std::string> chosen(const std::vector<std::string>& disclosures,
                                const std::vector<std::string>& names) {
  if (names == std::vector<std::string>{"all"}) return disclosures;
  std::vector<std::string> result, known;
  for (const std::string& disclosure : disclosures) {
    known.push_back(field_name(disclosure, "the ledger"));
    if (std::find(names.begin(), names.end(), known.back()) != names.end())
      result.push_back(disclosure);
  }
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      fail(ErrorKind::invalid_argument, "the entry has no field '{}'; it has {}.", name,
           fmt::join(known, ", "));
    }
  }
  return result;
}

Ledger::Checkpoint needed_checkpoint(const Ledger& ledger, std::uint64_t index) {
  const auto checkpoint = ledger.checkpoint();
  const std::uint64_t size = checkpoint ? checkpoint->head.size : 0;
  if (index >= size) {
    fail(ErrorKind::invalid_argument,
         "entry {} is not signed: {} entries are, counted from 0; sign with `atelier ledger "
         "checkpoint {}`.",
         index, size, ledger.folder().string());
  }
  return *checkpoint;
}

}  // namespace

ProveReport prove_entry(const ProveRequest& request) {
  ProveReport report{.output = request.output, .index = request.index, .head = {}, .shown = {}};
  ProofFile proof{.extra = {}, .index = request.index, .path = {}, .checkpoint = {}};
  {
    const Stopwatch watch(report.seconds);
    const Ledger ledger(request.folder);
    Ledger::Checkpoint checkpoint = needed_checkpoint(ledger, request.index);
    report.head = checkpoint.head;
    const std::uint64_t size = report.head.size;
    const std::string entry = ledger.log().entry(request.index, size);
    const std::vector<std::string> shown =
        request.show.empty() ? std::vector<std::string>()
                             : chosen(ledger.disclosures(request.index, size), request.show);
    report.shown = open(entry, shown, "the ledger");
    report.fields = count_fields(entry, "the ledger");
    proof.extra = join_presentation(entry, shown);
    const auto nodes = ledger.log().nodes(size);
    proof.path = prove_inclusion(*nodes, request.index, size);
    proof.checkpoint = std::move(checkpoint.note);
    if (!inclusion_holds(leaf_hash(entry), request.index, size, proof.path, report.head.root)) {
      fail(ErrorKind::bad_input,
           "the log in {} is damaged: entry {} is not what the checkpoint promises; bring back a "
           "copy of it.",
           ledger.log().path().string(), request.index);
    }
  }
  write_file(request.output, to_text(proof));
  return report;
}

GrowReport prove_growth(const fs::path& log, std::uint64_t old_size, const fs::path& output) {
  const GrowthProof growth = growth_of(log_in(log), old_size);
  write_file(output, to_text(growth));
  return {.output = output,
          .old_size = old_size,
          .head = parse_tree_head(parse_note(growth.checkpoint, "it").text, "it")};
}

}  // namespace atelier::jobs
