// SPDX-License-Identifier: Apache-2.0
#include "jobs/ledger/served_log.hpp"

#include "atelier/base/error.hpp"
#include "atelier/provenance/note.hpp"

namespace atelier::jobs {

namespace fs = std::filesystem;
using namespace provenance;

LogFolder log_in(const fs::path& folder) {
  std::error_code error;
  const bool is_ledger = fs::exists(folder / "ledger.json", error);
  return LogFolder(is_ledger ? folder / "public" : folder);
}

GrowthProof growth_of(const LogFolder& log, std::uint64_t old_size) {
  const auto checkpoint = log.checkpoint();
  if (!checkpoint) {
    fail(ErrorKind::bad_input,
         "{} has no checkpoint; name a ledger that was signed, or the folder of a served log.",
         log.path().string());
  }
  const std::string what = (log.path() / "checkpoint").string();
  const TreeHead head = parse_tree_head(parse_note(*checkpoint, what).text, what);
  if (old_size > head.size) {
    fail(ErrorKind::bad_input, "{} tells of {} entries, and {} were there before.", what, head.size,
         old_size);
  }
  const auto nodes = log.nodes(head.size);
  GrowthProof growth{old_size, prove_consistency(*nodes, old_size, head.size), *checkpoint};
  if (!consistency_holds(old_size, root_of(*nodes, old_size), head.size, head.root, growth.proof)) {
    fail(ErrorKind::bad_input,
         "the tiles in {} are not those that its checkpoint promises; bring a whole copy.",
         log.path().string());
  }
  return growth;
}

}  // namespace atelier::jobs
