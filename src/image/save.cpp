// SPDX-License-Identifier: Apache-2.0
#include <vector>
#include <vips/vips8>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "image/encode.hpp"

namespace atelier::image {
namespace {

void check_image(const Image& image) {
  const std::size_t pixels = image.pixels();
  if (image.width >= 1 && image.height >= 1 && image.rgb.size() == pixels * 3 &&
      (image.alpha.empty() || image.alpha.size() == pixels)) {
    return;
  }
  fail(ErrorKind::invalid_argument,
       "a picture of {} x {} px with {} colour and {} alpha values cannot be saved; it needs 3 "
       "and 1 "
       "(or no) values a pixel.",
       image.width, image.height, image.rgb.size(), image.alpha.size());
}

}  // namespace

void save(const Image& image, const std::filesystem::path& path, const SaveOptions& options) {
  check_output(path);
  check_image(image);
  const bool alpha = !image.alpha.empty();
  const Encoding encoding(path, {image.width, image.height}, alpha, image.bits, options);
  std::vector<std::byte> bytes(encoding.row_bytes() * static_cast<std::size_t>(image.height));
  encoding.quantise(image.rgb.data(), alpha ? image.alpha.data() : nullptr, image.pixels(),
                    bytes.data());
  const vips::VImage plain(vips_image_new_from_memory(bytes.data(), bytes.size(), image.width,
                                                      image.height, encoding.bands(),
                                                      encoding.band_format()));
  if (!plain.get_image()) {
    fail(ErrorKind::out_of_memory, "{} x {} px do not fit into memory to be saved.", image.width,
         image.height);
  }
  AtomicFile file(path);
  encoding.write(plain, file.path());
  file.commit();
}

}  // namespace atelier::image
