// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/catalogue/check.hpp"
#include "atelier/catalogue/parties.hpp"
#include "atelier/catalogue/works.hpp"
#include "postgres_server.hpp"

namespace atelier::catalogue::test {

/// Where the tests' catalogues are kept: an empty database of a server, when $ATELIER_TEST_POSTGRES
/// is set, or files.
inline std::string server_of_tests() {
  return std::getenv("ATELIER_TEST_POSTGRES") == nullptr
             ? std::string()
             : PostgresTestServer::shared().new_database();
}

/// A catalogue in a folder of its own.
struct SmallCatalogue {
  SmallCatalogue() : folder(make(home.path() / "catalogue")), catalogue(folder) {}

  static std::filesystem::path make(std::filesystem::path folder) {
    Catalogue::create(folder, "A small catalogue", server_of_tests());
    return folder;
  }
  /// Adds a work of this title and returns its number.
  std::string add(const std::string& title, int edition = 1) const {
    Work work;
    work.title = title;
    work.edition = edition;
    return add_work(catalogue, work).number;
  }
  void expect_order() const {
    for (const std::string& fault : check(catalogue, true).faults) ADD_FAILURE() << fault;
  }

  TemporaryFolder home;
  std::filesystem::path folder;
  Catalogue catalogue;
};

/// The message of what an act throws; empty: nothing.
template <class Act>
std::string refusal(const Act& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace atelier::catalogue::test
