// SPDX-License-Identifier: Apache-2.0
#include "jobs/credentials/marked_copy.hpp"

#include <span>

#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "image/formats.hpp"
#include "atelier/provenance/credential.hpp"
#include "atelier/provenance/perceptual_hash.hpp"

namespace atelier::jobs {

MarkedCopy::MarkedCopy(const std::filesystem::path& file, const std::filesystem::path& output) {
  if (output == provenance::sidecar_of(output)) {
    fail(ErrorKind::invalid_argument,
         "--mark changes the picture, so its credential must be inside; name a picture with -o.");
  }
  if (!image::format_of_suffix(file)) {
    fail(ErrorKind::invalid_argument,
         "--mark is for PNG, JPEG, TIFF and WebP; leave it out for {}.", file.string());
  }
  const image::Image picture = image::load(file);
  work_.payload = store_.new_payload();
  const image::Image marked = provenance::embed_watermark(picture, work_.payload, store_.key());
  work_.fingerprint = provenance::perceptual_hash(marked);
  file_ = folder_.path() / file.filename();
  image::save(marked, file_, {.recipe = image::read_recipe(file).value_or("")});
}

void MarkedCopy::keep(const std::string& credential, const std::filesystem::path& signed_file,
                      const std::string& author) {
  work_.credential = sha256(std::as_bytes(std::span(credential)));
  work_.original = sha256_file(signed_file);
  work_.author = author;
  work_.manifest = credential;
  store_.add(work_);
}

}  // namespace atelier::jobs
