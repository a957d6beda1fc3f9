// SPDX-License-Identifier: Apache-2.0
// A writer that is killed at any moment leaves a ledger that opens.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "atelier/base/random.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "provenance/small_ledger.hpp"

namespace atelier::provenance {
namespace {

using namespace test;

/// Appends and signs until it is killed. Tells each size that append() and sign() promised.
[[noreturn]] void write_for_ever(const std::filesystem::path& folder, std::uint64_t seed,
                                 int promises) {
  try {
    RandomStream random(seed, "batches");
    const SigningKey key = peter_key();
    LedgerWriter writer(folder);
    for (;;) {
      writer.append(numbered_events(writer.head().size, 1 + random.next() % 300));
      std::uint64_t promise[2] = {writer.head().size, 0};
      if (::write(promises, promise, sizeof promise) != sizeof promise) break;
      if (random.next() % 2 == 0) continue;
      writer.sign(key);
      promise[1] = promise[0];
      if (::write(promises, promise, sizeof promise) != sizeof promise) break;
    }
  } catch (const std::exception& error) {
    ::fprintf(stderr, "%s\n", error.what());
  }
  ::_exit(1);
}

/// What a killed writer had promised: entries on disk, entries signed.
struct Promised {
  std::uint64_t appended = 0, signed_size = 0;
};

Promised kill_a_writer(const std::filesystem::path& folder, std::uint64_t seed, Promised before) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  const pid_t writer = ::fork();
  if (writer == 0) {
    ::close(ends[0]);
    write_for_ever(folder, seed, ends[1]);
  }
  ::close(ends[1]);
  const auto read_promise = [&] {
    std::uint64_t promise[2];
    if (::read(ends[0], promise, sizeof promise) != sizeof promise) return false;
    before.appended = promise[0];
    if (promise[1] != 0) before.signed_size = promise[1];
    return true;
  };
  RandomStream random(seed, "moments");
  // Some are killed while they open the ledger; most after their first batch, however slow the
  // machine.
  if (seed % 4 != 0) {
    EXPECT_TRUE(read_promise());
  }
  std::this_thread::sleep_for(std::chrono::microseconds(random.next() % 120'000));
  ::kill(writer, SIGKILL);
  int status = 0;
  EXPECT_EQ(::waitpid(writer, &status, 0), writer);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself";
  while (read_promise()) {
  }
  ::close(ends[0]);
  return before;
}

TEST(SlowKill, AWriterKilledAtAnyMomentLeavesALedgerThatOpens) {
  const TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "ledger";
  make_ledger(path);
  Promised promised;
  TreeHead last;
  for (std::uint64_t round = 0; round < 100; ++round) {
    promised = kill_a_writer(path, round, promised);
    const LedgerWriter writer(path);  // opens, and finds tiles and roots in order
    const Ledger ledger(path);
    ASSERT_GE(writer.head().size, promised.appended) << round;
    audit(ledger.log(), writer.head());
    const auto checkpoint = ledger.checkpoint();
    ASSERT_GE(checkpoint ? checkpoint->head.size : 0, promised.signed_size) << round;
    if (!checkpoint) continue;
    ASSERT_LE(checkpoint->head.size, writer.head().size);
    if (round % 10 == 0) audit(ledger.log(), checkpoint->head);
    // What was signed is never taken back.
    const auto nodes = ledger.log().nodes(checkpoint->head.size);
    ASSERT_TRUE(consistency_holds(last.size, last.root, checkpoint->head.size,
                                  checkpoint->head.root,
                                  prove_consistency(*nodes, last.size, checkpoint->head.size)));
    last = checkpoint->head;
    // Every entry can be opened by its owner.
    for (std::uint64_t i = last.size > 5 ? last.size - 5 : 0; i < last.size; ++i) {
      ASSERT_EQ(open(ledger.log().entry(i, last.size), ledger.disclosures(i, last.size), "it"),
                (std::vector<Field>{{"n", i}}));
    }
  }
  EXPECT_GT(last.size, 1000U);
}

}  // namespace
}  // namespace atelier::provenance
