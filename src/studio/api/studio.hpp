// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "atelier/studio/serve.hpp"
#include "studio/api/metrics.hpp"
#include "studio/api/rate_limiter.hpp"
#include "studio/commands/command.hpp"
#include "studio/files/file_store.hpp"
#include "studio/hooks/hooks.hpp"
#include "studio/http/server.hpp"
#include "studio/queue/accounts.hpp"
#include "studio/queue/file_records.hpp"
#include "studio/queue/queue.hpp"
#include "studio/queue/workers.hpp"
#include "studio/worker/passphrase_box.hpp"

namespace atelier::studio {

/// Everything that the routes of a served studio work on.
struct Studio {
  /// Throws Error as Records, FileStore and Accounts.
  Studio(ServeOptions given, const std::vector<Command>& all, std::filesystem::path own_program)
      : options(std::move(given)),
        commands(all),
        program(std::move(own_program)),
        records(place_of(options)),
        store(place_of(options)),
        files(records, store),
        queue(records, store),
        workers(records),
        hooks(records),
        accounts(records, options.data) {}

  ServeOptions options;
  const std::vector<Command>& commands;
  std::filesystem::path program;  ///< what makes thumbnails
  Records records;
  FileStore store;
  FileRecords files;
  Queue queue;
  Workers workers;
  Hooks hooks;
  Accounts accounts;
  Metrics metrics;
  std::set<std::string> origins;  ///< "http://127.0.0.1:8080", all that it is known by
  std::string cookie;             ///< the session cookie's name
  std::function<http::ServerCounts()> counts;
  std::atomic<bool> closing{false};
  PassphraseBox passphrases;

  RateLimiter requests{200, 1000};    ///< of one address
  RateLimiter wrong_tokens{0.2, 10};  ///< the same

  [[nodiscard]] bool secure() const { return !options.certificate.empty(); }
  [[nodiscard]] std::int64_t upload_bytes() const {
    return static_cast<std::int64_t>(options.upload_limit * 1024 * 1024);
  }
  [[nodiscard]] std::int64_t storage_bytes() const {
    return static_cast<std::int64_t>(options.storage_limit * 1024 * 1024 * 1024);
  }
};

/// Longest JSON body.
inline constexpr std::int64_t most_json_bytes = 1 << 20;

}  // namespace atelier::studio
