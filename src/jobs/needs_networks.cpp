// SPDX-License-Identifier: Apache-2.0
// Functions that need libtorch, as a program without it has them. They stand in an object of their
// own, which such a program links: the linker then takes neither the library's functions of these
// names nor anything that those refer to. Each is called before its task has written or changed
// anything.
#include "atelier/jobs/needs_networks.hpp"

#include "atelier/nets/models.hpp"
#include "jobs/catalog/alike.hpp"
#include "sequence/reference_decoder.hpp"

namespace atelier {

nets::ModelState nets::fetch_model(const ModelInfo&, const std::filesystem::path&,
                                   const OnProgress&) {
  throw jobs::NeedsNetworks();
}

nets::ModelState nets::import_model(const ModelInfo&, const std::filesystem::path&,
                                    const std::filesystem::path&) {
  throw jobs::NeedsNetworks();
}

jobs::FindReport jobs::find_alike(const catalogue::Catalogue&, const FindRequest&) {
  throw jobs::NeedsNetworks();
}

std::int64_t jobs::look_at_catalog(const std::filesystem::path&, const OnProgress&,
                                   std::stop_token) {
  throw jobs::NeedsNetworks();
}

std::unique_ptr<sequence::Decoder> sequence::make_reference_decoder(const Model&) {
  throw jobs::NeedsNetworks();
}

}  // namespace atelier
