// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <string>
#include <string_view>
#include <vips/vips8>

#include "image/recipe.hpp"
#include "image/source.hpp"
#include "image/xmp.hpp"

namespace atelier::image {

std::optional<std::string> read_recipe(const std::filesystem::path& path) {
  const Source source = open_source(path);
  // libvips names text chunks png-comment-<number>-<keyword>.
  std::string keyword("-");
  keyword += png_recipe_keyword;
  const std::unique_ptr<char*, decltype(&g_strfreev)> fields(
      vips_image_get_fields(source.head.get_image()), &g_strfreev);
  for (char** field = fields.get(); *field != nullptr; ++field) {
    const std::string_view name(*field);
    if (name.starts_with("png-comment-") && name.ends_with(keyword)) {
      return source.head.get_string(*field);
    }
  }
  if (source.head.get_typeof(VIPS_META_XMP_NAME) != VIPS_TYPE_BLOB) return std::nullopt;
  size_t size = 0;
  const void* data = source.head.get_blob(VIPS_META_XMP_NAME, &size);
  return recipe_in_xmp({static_cast<const char*>(data), size});
}

}  // namespace atelier::image
