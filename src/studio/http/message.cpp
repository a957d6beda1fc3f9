// SPDX-License-Identifier: Apache-2.0
#include "studio/http/message.hpp"

#include <algorithm>
#include <array>

namespace atelier::studio::http {

std::optional<std::string> Request::field(std::string_view name) const {
  const auto same = [](char a, char b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return lower(a) == lower(b);
  };
  std::optional<std::string> found;
  for (const auto& [key, value] : fields) {
    if (!std::equal(key.begin(), key.end(), name.begin(), name.end(), same)) continue;
    if (found) return "";
    found = value;
  }
  return found;
}

const char* reason(int status) {
  static constexpr std::array reasons{
      std::pair{200, "OK"},
      std::pair{201, "Created"},
      std::pair{202, "Accepted"},
      std::pair{204, "No Content"},
      std::pair{206, "Partial Content"},
      std::pair{303, "See Other"},
      std::pair{304, "Not Modified"},
      std::pair{400, "Bad Request"},
      std::pair{401, "Unauthorized"},
      std::pair{403, "Forbidden"},
      std::pair{404, "Not Found"},
      std::pair{405, "Method Not Allowed"},
      std::pair{408, "Request Timeout"},
      std::pair{409, "Conflict"},
      std::pair{413, "Content Too Large"},
      std::pair{414, "URI Too Long"},
      std::pair{415, "Unsupported Media Type"},
      std::pair{416, "Range Not Satisfiable"},
      std::pair{421, "Misdirected Request"},
      std::pair{422, "Unprocessable Content"},
      std::pair{429, "Too Many Requests"},
      std::pair{431, "Request Header Fields Too Large"},
      std::pair{500, "Internal Server Error"},
      std::pair{503, "Service Unavailable"},
      std::pair{507, "Insufficient Storage"},
  };
  for (const auto& [code, text] : reasons) {
    if (code == status) return text;
  }
  return "Unknown";
}

}  // namespace atelier::studio::http
