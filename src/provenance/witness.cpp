// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/witness.hpp"

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/provenance/policy.hpp"
#include "provenance/durable_files.hpp"
#include "provenance/text_lines.hpp"
#include "provenance/write_lock.hpp"

namespace atelier::provenance {
namespace {

/// The key by which a log's word is taken.
VerifierKey key_for(const std::string& origin, const std::optional<Witness::Seen>& seen,
                    const std::optional<VerifierKey>& given) {
  if (!seen && !given) {
    fail(ErrorKind::bad_input,
         "this witness does not know the log '{}' yet; name its key, as its owner tells it, with "
         "--log.",
         origin);
  }
  if (seen && given && !(seen->log == *given)) {
    fail(ErrorKind::bad_input,
         "this witness knows the log '{}' by another key ({}); ask its owner why it changed.",
         origin, to_text(seen->log));
  }
  return seen ? seen->log : *given;
}

/// One key has one name: what it signs does not tell the name, so that a cosignature would count
/// for each of several (C2SP tlog-cosignature).
void check_name(const std::filesystem::path& file, std::string_view name) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return;
  const std::string known = read_file(file, max_note_bytes);
  if (known == name) return;
  fail(ErrorKind::bad_input,
       "this witness cosigns as '{}', and one key has one name; leave '{}' out or make another "
       "identity.",
       known, name);
}

void check_growth(const GrowthProof& growth, const TreeHead& head, const TreeHead& old,
                  std::string_view what) {
  if (growth.old_size > head.size) {
    fail(ErrorKind::bad_input, "{} tells of growth from {} to {} entries, which is none.", what,
         growth.old_size, head.size);
  }
  if (growth.old_size != old.size) {
    fail(ErrorKind::bad_input,
         "{} begins at {} entries, and this witness last saw {} of '{}'; ask its owner for a proof "
         "from there (`atelier ledger grow --old {}`).",
         what, growth.old_size, old.size, head.origin, old.size);
  }
  if (head.size == old.size && head.root != old.root) {
    fail(
        ErrorKind::bad_input,
        "{} is not cosigned: the log '{}' shows two histories of {} entries, and signed both; keep "
        "the file as evidence.",
        what, head.origin, head.size);
  }
  if (!consistency_holds(old.size, old.root, head.size, head.root, growth.proof)) {
    fail(ErrorKind::bad_input,
         "{} is not cosigned: it does not show that the {} entries of '{}' begin with the {} that "
         "this witness saw; the proof is damaged, or the log shows two histories: keep the file as "
         "evidence.",
         what, head.size, head.origin, old.size);
  }
}

}  // namespace

Witness::Witness(std::filesystem::path folder) : folder_(std::move(folder)) {}

std::filesystem::path Witness::file_of(std::string_view origin) const {
  return folder_ / (sha256(std::as_bytes(std::span(origin))) + ".seen");
}

std::string Witness::origin_of(std::string_view checkpoint, std::string_view what) {
  return parse_tree_head(parse_note(checkpoint, what).text, what).origin;
}

std::optional<Witness::Seen> Witness::seen(std::string_view origin) const {
  const std::filesystem::path file = file_of(origin);
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return std::nullopt;
  // The log's key on the first line, and the checkpoint as the log signed it.
  const std::string content = read_file(file, 2 * max_note_bytes);
  std::string_view rest = content;
  const auto line = take_line(rest);
  const VerifierKey log = parse_verifier_key(line.value_or(""));
  const TrustedHead trusted = TrustPolicy::of({log}, {}, 0).trusted(rest, file.string());
  if (trusted.head.origin != origin)
    fail(ErrorKind::bad_input, "{} is damaged; bring back a copy of it.", file.string());
  return Seen{log, trusted.head};
}

Witness::Cosigned Witness::cosign(const GrowthProof& growth, const std::optional<VerifierKey>& log,
                                  std::string_view name, const std::function<SigningKey()>& unlock,
                                  std::uint64_t time, std::string_view what) {
  make_durable_folder(folder_, 0700);
  const WriteLock lock(folder_ / "lock", "the memory of the witness in " + folder_.string());
  check_name(folder_ / "name", name);
  const std::string origin = origin_of(growth.checkpoint, what);
  const std::optional<Seen> before = seen(origin);
  const VerifierKey key = key_for(origin, before, log);
  const TreeHead head = TrustPolicy::of({key}, {}, 0).trusted(growth.checkpoint, what).head;
  const TreeHead old = before ? before->head : TreeHead{.origin = origin};
  check_growth(growth, head, old, what);
  const SigningKey signer = unlock();
  const std::string text = parse_note(growth.checkpoint, what).text;
  NoteSignature signature = cosign_note(text, name, signer, time);
  const std::filesystem::path aside = folder_ / "aside";
  make_durable_folder(aside, 0700);
  DurableFiles memory(aside);
  memory.add(file_of(origin), to_text(key) + "\n" + growth.checkpoint, 0600);
  memory.add(folder_ / "name", name, 0600);
  memory.commit();
  return {std::move(signature), head, old.size};
}

}  // namespace atelier::provenance
