// SPDX-License-Identifier: Apache-2.0
#include "image/vips_runtime.hpp"

#include <vips/vips.h>

#include <mutex>

#include "atelier/base/error.hpp"

namespace atelier::image {

void start_vips() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (VIPS_INIT("atelier") != 0) {
      fail(ErrorKind::missing_capability,
           "the image library does not start ({}); reinstall libvips.", take_vips_reason());
    }
    vips_cache_set_max(0);
    constexpr auto quiet = static_cast<GLogLevelFlags>(G_LOG_LEVEL_WARNING | G_LOG_LEVEL_MESSAGE |
                                                       G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG);
    g_log_set_handler(
        "VIPS", quiet, [](const char*, GLogLevelFlags, const char*, void*) {}, nullptr);
  });
  vips_error_clear();  // warnings of what went well
}

std::string take_vips_reason() {
  char* buffer = vips_error_buffer_copy();  // also clears it
  std::string reason(buffer);
  g_free(buffer);
  reason.resize(std::min(reason.size(), reason.find('\n')));
  if (const auto colon = reason.find(": "); colon != std::string::npos) reason.erase(0, colon + 2);
  return reason.empty() ? "its decoder gave no reason" : reason;
}

const std::string& srgb_profile() {
  static const std::string profile = [] {
    start_vips();
    VipsBlob* blob = nullptr;
    if (vips_profile_load("srgb", &blob, nullptr) != 0 || !blob) {
      fail(ErrorKind::missing_capability,
           "the image library has no sRGB profile ({}); reinstall libvips with lcms.",
           take_vips_reason());
    }
    size_t size = 0;
    const auto* data = static_cast<const char*>(vips_blob_get(blob, &size));
    std::string bytes(data, size);
    vips_area_unref(VIPS_AREA(blob));
    return bytes;
  }();
  return profile;
}

}  // namespace atelier::image
