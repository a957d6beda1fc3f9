// SPDX-License-Identifier: Apache-2.0
#include "studio/worker/passphrase_box.hpp"

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

}  // namespace atelier::studio
