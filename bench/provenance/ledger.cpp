// SPDX-License-Identifier: Apache-2.0
// How fast a ledger grows and proves. Says so, and ends with 1 where it is slower than
// docs/ledger.md promises or a proof does not hold.
//
//   atelier_ledger_bench FOLDER [ENTRIES [BATCH]]     1,000,000 and 5,000 when they are not said
//
// FOLDER must not exist; it is left for others to check (check_with_go), so put it on the disk that
// matters. Each batch is sealed, hashed and brought to disk before the next begins.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "atelier/base/resources.hpp"
#include "atelier/provenance/ledger.hpp"

namespace {

using namespace atelier;
using namespace atelier::provenance;
using Clock = std::chrono::steady_clock;

constexpr double promised_rate = 5000;  // entries a second
constexpr double promised_proof = 5;    // ms
constexpr int proofs = 1000;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// A sale, as a catalogue would tell it.
nlohmann::json event(std::uint64_t number) {
  return {{"what", "sale"},
          {"work", "sha256:" + std::string(64, "0123456789abcdef"[number % 16])},
          {"buyer", "buyer " + std::to_string(number)},
          {"date", "2026-01-01"},
          {"price", {{"amount", number}, {"currency", "EUR"}}}};
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// Appends, and returns entries a second.
double append(LedgerWriter& writer, std::uint64_t entries, std::uint64_t batch) {
  const auto begin = Clock::now();
  std::vector<double> seconds;
  while (writer.head().size < entries) {
    const auto batch_begin = Clock::now();
    std::vector<SealedEvent> events;
    while (events.size() < batch && writer.head().size + events.size() < entries)
      events.push_back(seal(event(writer.head().size + events.size())));
    writer.append(events);
    seconds.push_back(seconds_since(batch_begin));
  }
  const double rate = static_cast<double>(entries) / seconds_since(begin);
  std::printf("append: %.0f entries a second; a batch of %llu: median %.0f ms, slowest %.0f ms\n",
              rate, static_cast<unsigned long long>(batch), 1e3 * median(seconds),
              1e3 * *std::max_element(seconds.begin(), seconds.end()));
  return rate;
}

/// Proves and checks entries, each as a program does that has just begun, and returns the median in
/// ms.
double prove(const std::filesystem::path& folder, std::uint64_t entries) {
  RandomStream random(1, "proofs");
  std::vector<double> all;
  for (int i = 0; i < proofs; ++i) {
    const std::uint64_t index = random.next() % entries;
    const auto begin = Clock::now();
    const Ledger ledger(folder);
    const auto checkpoint = ledger.checkpoint();
    const std::uint64_t size = checkpoint->head.size;
    const std::string entry = ledger.log().entry(index, size);
    const auto nodes = ledger.log().nodes(size);
    const Proof proof = prove_inclusion(*nodes, index, size);
    const bool holds = inclusion_holds(leaf_hash(entry), index, size, proof, checkpoint->head.root);
    all.push_back(1e3 * seconds_since(begin));
    if (!holds || open(entry, ledger.disclosures(index, size), "it").size() != 5)
      fail(ErrorKind::internal, "the proof of entry {} does not hold.", index);
  }
  const double middle = median(all);
  std::sort(all.begin(), all.end());
  std::printf("proof: median %.2f ms, 99 %% under %.2f ms, slowest %.2f ms, of %d\n", middle,
              all[all.size() * 99 / 100], all.back(), proofs);
  return middle;
}

int run(const std::filesystem::path& folder, std::uint64_t entries, std::uint64_t batch) {
  std::printf("%s; %d processors\n", processor().name.c_str(), processor_count());
  const SigningKey key = SigningKey::generate(KeyAlgorithm::ed25519);
  Ledger::create(folder,
                 {.identity = "bench",
                  .key = key.public_key().verifier("example.org/bench", VerifierKey::Type::log)});
  double rate = 0;
  {
    LedgerWriter writer(folder);
    rate = append(writer, entries, batch);
    const auto begin = Clock::now();
    writer.sign(key);
    std::printf("sign: %.1f ms\n", 1e3 * seconds_since(begin));
  }
  const double proof = prove(folder, entries);
  const auto begin = Clock::now();
  const Ledger ledger(folder);
  audit(ledger.log(), ledger.checkpoint()->head);
  std::printf("audit of the whole log: %.1f s; peak memory %.0f MB\n", seconds_since(begin),
              static_cast<double>(peak_rss_bytes()) / 1e6);
  std::printf("key: %s\n", to_text(ledger.settings().key).c_str());
  return rate >= promised_rate && proof <= promised_proof ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2 || count > 4) {
    std::fprintf(stderr, "usage: atelier_ledger_bench FOLDER [ENTRIES [BATCH]]\n");
    return 2;
  }
  try {
    return run(arguments[1], count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 1'000'000,
               count > 3 ? std::strtoull(arguments[3], nullptr, 10) : 5000);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
