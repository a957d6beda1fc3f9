// SPDX-License-Identifier: Apache-2.0
// Signs a file, changes one byte of it at a time, and tells what becomes of the credential. Ends
// with 1 where a change was missed.
//
//   atelier_credentials_bench LIBRARY FILE... [--changes N] [--keep FOLDER]
//
// LIBRARY is c2pa.so of the models' folder. Of N changes, 1,000 when it is not said, one half falls
// into the credential, the other anywhere outside it; one bit of the byte is turned. With --keep
// the copies that still hold are left in FOLDER, for other readers to look at.
//
//   broken     the reader says that file or statement were changed
//   not found  there is no credential any more that could be taken for a good one
//   refused    the file cannot be read as what it was
//   padding    it holds and says what it said: a zero byte that fills up the room that was kept for
//              the signature, which C2PA leaves unsigned ("pad" in its COSE header)
//   frame      it holds and says what it said: a byte of a box's frame inside the credential or
//              around it, such as a check sum, which nothing hashes
//   MISSED     it holds and says something else, or the byte belongs to the work
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/provenance/credential.hpp"
#include "atelier/provenance/verification.hpp"

namespace {

using namespace atelier;
using namespace atelier::provenance;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::size_t most = std::size_t{1} << 30;

struct Settings {
  fs::path library, keep;
  std::vector<fs::path> files;
  int changes = 1000;
};

Settings parse(int argc, char** argv) {
  Settings settings;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--changes" && i + 1 < argc) {
      settings.changes = std::atoi(argv[++i]);
    } else if (word == "--keep" && i + 1 < argc) {
      settings.keep = argv[++i];
    } else if (settings.library.empty()) {
      settings.library = word;
    } else {
      settings.files.emplace_back(word);
    }
  }
  if (settings.files.empty() || settings.changes < 2)
    fail(ErrorKind::invalid_argument, "say: LIBRARY FILE... [--changes N] [--keep FOLDER].");
  return settings;
}

Statement statement() {
  Statement said;
  said.title = "a work";
  said.program_version = "bench";
  said.author = "Anna";
  said.licence = "CC-BY-4.0";
  said.no_training = true;
  said.time = std::time(nullptr);
  said.recipe = {{"seed", 1}};
  said.ingredients = {{Ingredient::Relation::input, "a network", std::string(64, '2'), {}, true}};
  said.deeds = {{"c2pa.created", "painted", "trainedAlgorithmicMedia", {0}}};
  return said;
}

/// What a credential says, in one text.
std::string said_by(const Verification& found) {
  std::string text = found.signer + found.organization + found.algorithm + found.serial +
                     found.told_time + found.program + found.title + found.author + found.licence +
                     found.licence_page + (found.no_training ? "1" : "0") +
                     (found.has_recipe ? "1" : "0");
  for (const NamedDeed& deed : found.deeds)
    text += deed.action + deed.description + deed.source_type;
  for (const NamedIngredient& one : found.ingredients)
    text += one.title + one.relation + one.description;
  return text;
}

/// Where the credential lies: its outermost box (ISO 19566-5), 4 bytes of size before "jumb".
struct Place {
  std::size_t begin = 0, end = 0;
};

Place credential_in(const std::string& bytes) {
  const std::size_t name = bytes.find("jumb");
  if (name == bytes.npos || name < 4) fail(ErrorKind::internal, "no credential is in the file.");
  std::size_t size = 0;
  for (std::size_t i = name - 4; i < name; ++i)
    size = size << 8 | static_cast<unsigned char>(bytes[i]);
  return {name - 4, name - 4 + size};
}

/// Bytes around the box that belong to its frame: a chunk's head and check sum, a segment's head.
constexpr std::size_t frame_bytes = 64;

struct Row {
  std::map<std::string, int> counts;
  std::vector<std::size_t> frames;
};

class Trial {
 public:
  Trial(const CredentialLibrary& library, const fs::path& file, const Settings& settings)
      : library_(library),
        settings_(settings),
        copy_(folder_.path() / ("copy" + file.extension().string())) {
    const SigningKey key = SigningKey::generate(KeyAlgorithm::es256);
    const CertificateChain chain =
        make_home_chain(key.public_key(), {"Anna", ""}, 30, std::time(nullptr));
    const Clock::time_point begin = Clock::now();
    sign_file(library, file, copy_, statement(), {key, chain});
    sign_ms_ = ms_since(begin);
    bytes_ = read_file(copy_, most);
    place_ = credential_in(bytes_);
    const Clock::time_point checked = Clock::now();
    const Verification whole = verify_file(library, copy_, std::nullopt, {});
    verify_ms_ = ms_since(checked);
    if (whole.state != Verification::State::holds) fail(ErrorKind::internal, "it does not hold.");
    said_ = said_by(whole);
    name_ = file.filename().string();
  }

  /// Returns how many changes were missed.
  int run() {
    std::printf("%s: %zu bytes, credential %zu, signed in %.1f ms, checked in %.1f ms\n",
                name_.c_str(), bytes_.size(), place_.end - place_.begin, sign_ms_, verify_ms_);
    RandomStream random(1, name_);
    const std::size_t inside = place_.end - place_.begin, outside = bytes_.size() - inside;
    Row credential, work;
    for (int i = 0; i < settings_.changes; ++i) {
      if (i % 2 == 0) {
        change(place_.begin + random.next() % inside, random.next() % 8, credential);
      } else {
        const std::size_t at = random.next() % outside;
        change(at < place_.begin ? at : at + inside, random.next() % 8, work);
      }
    }
    print("credential", credential);
    print("the rest", work);
    return credential.counts["MISSED"] + work.counts["MISSED"];
  }

 private:
  static double ms_since(Clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
  }

  void change(std::size_t at, std::uint64_t bit, Row& row) {
    std::string changed = bytes_;
    changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
    write_file(copy_, changed);
    std::string outcome;
    try {
      const Verification found = verify_file(library_, copy_, std::nullopt, {});
      outcome = found.state == Verification::State::broken ? "broken"
                : found.state == Verification::State::none ? "not found"
                : said_by(found) != said_ || !is_frame(at) ? "MISSED"
                : is_padding(at)                           ? "padding"
                                                           : "frame";
    } catch (const Error& error) {
      outcome = error.kind() == ErrorKind::bad_input ? "refused" : "MISSED";
    }
    ++row.counts[outcome];
    if (outcome == "frame") row.frames.push_back(at);
    if (outcome != "frame" && outcome != "padding") return;
    if (!settings_.keep.empty())
      write_file(settings_.keep / (std::to_string(at) + "-" + name_), changed);
  }

  [[nodiscard]] bool is_frame(std::size_t at) const {
    return at + frame_bytes >= place_.begin && at < place_.end + frame_bytes;
  }

  [[nodiscard]] bool is_padding(std::size_t at) const {
    return bytes_[at] == 0 && bytes_[at - 1] == 0 && bytes_[at + 1] == 0;
  }

  void print(const char* where, const Row& row) const {
    std::printf("  %-12s", where);
    for (const char* outcome : {"broken", "not found", "refused", "padding", "frame", "MISSED"}) {
      const auto found = row.counts.find(outcome);
      std::printf("%s %d  ", outcome, found == row.counts.end() ? 0 : found->second);
    }
    std::printf("\n");
    if (row.frames.empty()) return;
    std::printf("    frames, from the box's beginning:");
    for (const std::size_t at : row.frames)
      std::printf(" %+lld", static_cast<long long>(at) - static_cast<long long>(place_.begin));
    std::printf("\n");
  }

  const CredentialLibrary& library_;
  const Settings& settings_;
  TemporaryFolder folder_;
  fs::path copy_;
  std::string bytes_, said_, name_;
  Place place_;
  double sign_ms_ = 0, verify_ms_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  try {
    const Settings settings = parse(argc, argv);
    if (!settings.keep.empty()) fs::create_directories(settings.keep);
    const CredentialLibrary library(settings.library);
    int missed = 0;
    for (const fs::path& file : settings.files) missed += Trial(library, file, settings).run();
    return missed == 0 ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
