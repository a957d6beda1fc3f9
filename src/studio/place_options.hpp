// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/base/options.hpp"

namespace atelier::studio {

/// How servers and workers of many machines find each other.
[[nodiscard]] inline OptionSpec database_option() {
  return {"database",
          "Studio",
          "PostgreSQL shared by many machines; none: SQLite in the folder",
          "postgresql://USER@HOST/NAME",
          {},
          {},
          {},
          {}};
}

[[nodiscard]] inline OptionSpec files_option() {
  return {
      "files",
      "Studio",
      "files shared by them: a folder, or an S3 store by AWS_* of the environment; none: in the "
      "folder",
      "DIR|s3://BUCKET/PREFIX",
      {},
      {},
      {},
      {}};
}

[[nodiscard]] inline OptionSpec cache_option() {
  return {"cache-limit",
          "Studio",
          "an S3 store's files that are kept in the folder",
          "GiB",
          0.01,
          1048576,
          {},
          {}};
}

}  // namespace atelier::studio
