// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "atelier/base/options.hpp"
#include "atelier/studio/worker.hpp"

namespace atelier::studio {

/// How a studio is served. Ranges and help stand in serve_option_table().
struct ServeOptions {
  std::string data;                   ///< the studio's folder; of each server one
  std::string database;               ///< URL of PostgreSQL; empty: in the folder
  std::string files;                  ///< a folder, or s3://BUCKET/PREFIX; empty: in the folder
  double cache_limit = 20;            ///< GiB of such a store's files in the folder
  std::string address = "127.0.0.1";  ///< to listen on
  int port = 8080;                    ///< 0: any that is free
  std::string certificate, key;       ///< PEM files; needed beyond loopback
  std::vector<std::string> origin;    ///< further addresses that browsers know it by
  int workers = 1;                    ///< jobs at once in this process; 0: other workers do them
  double upload_limit = 512;          ///< MiB
  double storage_limit = 50;          ///< GiB of all files
  int waiting_limit = 10'000;         ///< jobs of one token that wait
  int connections = 2048;
  std::vector<std::string> webhook_hosts;  ///< HOST or HOST:PORT that ends of jobs may be told to
  std::string log = "text";                ///< json, text or off
};
[[nodiscard]] const OptionTable<ServeOptions>& serve_option_table();

/// What a studio tells once it listens.
struct Opened {
  std::string address;  ///< "http://127.0.0.1:8080"
  std::string link;     ///< the same with a token that opens one session
};

/// Serves the studio in options.data until `stop` is requested: the page, the API and, unless
/// options.workers is 0, jobs, as `worker` says (its data and jobs are ignored). Then requests
/// under way end, running jobs go back to the queue, and everything is on the disk.
///
/// Beyond loopback it wants a certificate and a key, and everywhere a token: nobody comes in
/// without. Throws Error invalid_argument for an address that may not be served like this, io and
/// bad_input for folder, port and certificate.
void serve(const ServeOptions& options, const WorkerOptions& worker,
           const std::function<void(const Opened&)>& on_open, const std::stop_token& stop,
           const std::filesystem::path& program = "/proc/self/exe");

}  // namespace atelier::studio
