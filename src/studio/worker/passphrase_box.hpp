// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "atelier/jobs/identity.hpp"

namespace atelier::studio {

/// Passphrases of jobs that wait, in the memory of the server and nowhere else: they are wiped when
/// their job has begun, or with the process. A job that begins without the one it needs is refused.
/// All methods may be called from any thread.
class PassphraseBox {
 public:
  /// Keeps `passphrase` for the job that `submit` makes and names (empty: it was made before);
  /// nobody takes from the box before that is done.
  void keep(provenance::Secret passphrase, const std::function<std::string()>& submit);
  /// Gives it away; nothing: there is none.
  [[nodiscard]] std::optional<provenance::Secret> take(const std::string& job);
  /// The job will not run.
  void forget(const std::string& job) { static_cast<void>(take(job)); }
  /// Forgets those of jobs that will not run, as `waits` tells by a job's id; whoever ended them.
  void forget_unless(const std::function<bool(const std::string&)>& waits);

 private:
  std::mutex mutex_;
  std::map<std::string, provenance::Secret> kept_;
};

}  // namespace atelier::studio
