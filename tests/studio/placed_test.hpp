// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include "../postgres_server.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/store/schema.hpp"
#include "studio/place.hpp"

namespace atelier::studio {

/// A test that runs with the studio's database in a file and on a server.
class PlacedTest : public testing::TestWithParam<store::Dialect> {
 protected:
  void SetUp() override {
    if (GetParam() == store::Dialect::postgres && PostgresTestServer::programs().empty())
      GTEST_SKIP() << PostgresTestServer::missing;
  }

  TemporaryFolder folder_;
  Place place_{folder_.path(), database(), ""};

 private:
  static std::string database() {
    const bool server =
        GetParam() == store::Dialect::postgres && !PostgresTestServer::programs().empty();
    return server ? PostgresTestServer::shared().new_database() : "";
  }
};

inline std::string dialect_name(const testing::TestParamInfo<store::Dialect>& about) {
  return about.param == store::Dialect::sqlite ? "Sqlite" : "Postgres";
}

inline const auto both_dialects = testing::Values(store::Dialect::sqlite, store::Dialect::postgres);

}  // namespace atelier::studio
