// SPDX-License-Identifier: Apache-2.0
#include "studio/worker/passphrase_box.hpp"

#include <vector>

namespace atelier::studio {

void PassphraseBox::keep(provenance::Secret passphrase,
                         const std::function<std::string()>& submit) {
  const std::scoped_lock lock(mutex_);
  const std::string job = submit();
  if (!job.empty()) kept_.insert_or_assign(job, std::move(passphrase));
}

std::optional<provenance::Secret> PassphraseBox::take(const std::string& job) {
  const std::scoped_lock lock(mutex_);
  auto found = kept_.extract(job);
  if (found.empty()) return std::nullopt;
  return std::move(found.mapped());
}

void PassphraseBox::forget_unless(const std::function<bool(const std::string&)>& waits) {
  std::vector<std::string> jobs;
  {
    // Whoever submits asks the queue while the box is theirs; so it is nobody's while we ask.
    const std::scoped_lock lock(mutex_);
    for (const auto& [job, passphrase] : kept_) jobs.push_back(job);
  }
  for (const std::string& job : jobs) {
    if (!waits(job)) forget(job);
  }
}

}  // namespace atelier::studio
