// SPDX-License-Identifier: Apache-2.0
// A program that is killed at any moment leaves no half event, and a log that agrees.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/random.hpp"
#include "atelier/catalogue/events.hpp"
#include "atelier/catalogue/exchange.hpp"
#include "atelier/catalogue/ledger_link.hpp"
#include "atelier/catalogue/transfer.hpp"
#include "catalogue/small_catalogue.hpp"
#include "provenance/small_ledger.hpp"

namespace atelier::catalogue {
namespace {

namespace fs = std::filesystem;
using provenance::SigningKey;

constexpr std::int64_t works_of_an_import = 40;

struct Scene {
  fs::path home, folder, ledger;
  SigningKey anna, berta;
};

/// A table of works with numbers of its own.
void write_import(const fs::path& file, std::uint64_t round) {
  std::string text = "number,title,artists,files\n";
  for (std::int64_t i = 0; i < works_of_an_import; ++i)
    text += fmt::format("I{}.{},Work {},Artist {},poem.txt\n", round, i, i, i % 7);
  write_file(file, text);
}

/// Hands the work to and fro between its two owners.
void transfer_once(const Catalogue& catalogue, const Scene& scene) {
  const bool annas = standing(catalogue, "W").owned.at(0).owner == "anna";
  const SigningKey &seller = annas ? scene.anna : scene.berta,
                   &buyer = annas ? scene.berta : scene.anna;
  const TransferTerms terms{.number = "W", .buyer = annas ? "berta" : "anna", .price = "10 EUR"};
  record_transfer(catalogue, accept_transfer(offer_transfer(catalogue, terms, seller), "it", buyer),
                  "it");
}

/// Imports, transfers, records and appends until it is killed. Tells each event that was promised.
[[noreturn]] void work_for_ever(const Scene& scene, std::uint64_t seed, int promises) {
  try {
    RandomStream random(seed, "acts");
    const Catalogue catalogue(scene.folder);
    for (std::uint64_t act = 0;; ++act) {
      switch (random.next() % 4) {
        case 0: {
          const fs::path file = scene.home / "import.csv";
          write_import(file, 1000 * seed + act);
          import_works(catalogue, file, Format::csv, scene.home);
          break;
        }
        case 1:
          transfer_once(catalogue, scene);
          break;
        case 2: {
          Event event;
          event.kind = "priced";
          event.amount = fmt::format("{} EUR", act);
          record_event(catalogue, "W", event);
          break;
        }
        default:
          bring_up_to_date(catalogue);
      }
      store::Statement row =
          catalogue.database().prepare("SELECT COALESCE(MAX(id), 0) FROM events");
      row.step();
      const std::int64_t promise = row.integer(0);
      if (::write(promises, &promise, sizeof promise) != sizeof promise) break;
    }
  } catch (const std::exception& error) {
    ::fprintf(stderr, "%s\n", error.what());
  }
  ::_exit(1);
}

/// Returns the last event that the killed program had promised.
std::int64_t kill_a_worker(const Scene& scene, std::uint64_t seed) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  const pid_t worker = ::fork();
  if (worker == 0) {
    ::close(ends[0]);
    work_for_ever(scene, seed, ends[1]);
  }
  ::close(ends[1]);
  std::int64_t promised = 0;
  const auto read_promise = [&] {
    return ::read(ends[0], &promised, sizeof promised) == sizeof promised;
  };
  RandomStream random(seed, "moments");
  // Some are killed while they open the catalogue; most after their first act, however slow the
  // machine.
  if (seed % 4 != 0) {
    EXPECT_TRUE(read_promise());
  }
  std::this_thread::sleep_for(std::chrono::microseconds(random.next() % 120'000));
  ::kill(worker, SIGKILL);
  int status = 0;
  EXPECT_EQ(::waitpid(worker, &status, 0), worker);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the worker ended by itself";
  while (read_promise()) {
  }
  ::close(ends[0]);
  return promised;
}

std::int64_t number(const Catalogue& catalogue, std::string_view sql) {
  store::Statement row = catalogue.database().prepare(sql);
  return row.step() ? row.integer(0) : -1;
}

TEST(SlowKill, AProgramKilledAtAnyMomentLeavesCatalogueAndLogInAgreement) {
  const TemporaryFolder home;
  const Scene scene{home.path(), home.path() / "catalogue", home.path() / "ledger",
                    SigningKey::generate(provenance::KeyAlgorithm::ed25519),
                    SigningKey::generate(provenance::KeyAlgorithm::es256)};
  write_file(scene.home / "poem.txt", "Rain.\n");
  provenance::test::make_ledger(scene.ledger);
  Catalogue::create(scene.folder, "Killed", test::server_of_tests());
  {
    const Catalogue catalogue(scene.folder);
    attach_ledger(catalogue, scene.ledger);
    keep_party(catalogue, {.name = "anna"}, scene.anna.public_key());
    keep_party(catalogue, {.name = "berta"}, scene.berta.public_key());
    add_work(catalogue, {.number = "W", .title = "Work"});
    claim(catalogue, "W", 1, "anna");
  }
  std::int64_t in_ledger = 0, found_waiting = 0;
  for (std::uint64_t round = 0; round < 100; ++round) {
    const std::int64_t promised = kill_a_worker(scene, round);
    const Catalogue catalogue(scene.folder);
    ASSERT_GE(number(catalogue, "SELECT MAX(id) FROM events"), promised) << round;
    if (waiting(catalogue) > 0) ++found_waiting;
    bring_up_to_date(catalogue);
    ASSERT_EQ(waiting(catalogue), 0);
    // Each import is whole or not there; every event lies in the log once, and the log holds no
    // other.
    const std::int64_t imported =
        number(catalogue, "SELECT count(*) FROM works WHERE number <> 'W'");
    ASSERT_EQ(imported % works_of_an_import, 0) << round;
    const std::int64_t events = number(catalogue, "SELECT count(*) FROM events");
    ASSERT_EQ(provenance::Ledger(scene.ledger).head().size, static_cast<std::uint64_t>(events))
        << round;
    ASSERT_EQ(number(catalogue, "SELECT count(*) FROM events WHERE kind = 'transferred'"),
              number(catalogue, "SELECT count(*) FROM transfers"));
    ASSERT_EQ(number(catalogue, "SELECT count(*) FROM events WHERE kind = 'priced'"),
              number(catalogue, "SELECT count(*) FROM prices"));
    if (round % 5 != 4) continue;
    const CheckReport report = check(catalogue, false);
    for (const std::string& fault : report.faults) ADD_FAILURE() << round << ": " << fault;
    ASSERT_FALSE(HasFailure());
    in_ledger = report.in_ledger;
  }
  EXPECT_GT(in_ledger, 200);
  EXPECT_GT(found_waiting, 10);  // that is what was to be tried
  std::printf("%lld events; %lld of 100 kills left some waiting\n",
              static_cast<long long>(in_ledger), static_cast<long long>(found_waiting));
}

}  // namespace
}  // namespace atelier::catalogue
