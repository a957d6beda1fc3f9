// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/error.hpp"

#include <gtest/gtest.h>

#include <ostream>

#include "error_matcher.hpp"

namespace atelier {
namespace {

struct Case {
  ErrorKind kind;
  int exit_code;
  int http_status;
};

void PrintTo(const Case& c, std::ostream* out) {
  *out << "exit code " << c.exit_code << ", HTTP " << c.http_status;
}

class ErrorKinds : public testing::TestWithParam<Case> {};

TEST_P(ErrorKinds, MapToExitCodeAndHttpStatus) {
  EXPECT_EQ(exit_code(GetParam().kind), GetParam().exit_code);
  EXPECT_EQ(http_status(GetParam().kind), GetParam().http_status);
}

INSTANTIATE_TEST_SUITE_P(
    All, ErrorKinds,
    testing::Values(Case{ErrorKind::invalid_argument, 2, 400}, Case{ErrorKind::bad_input, 2, 422},
                    Case{ErrorKind::missing_weights, 3, 503},
                    Case{ErrorKind::missing_capability, 3, 503},
                    Case{ErrorKind::out_of_memory, 1, 507}, Case{ErrorKind::io, 1, 507},
                    Case{ErrorKind::cancelled, 130, 409}, Case{ErrorKind::internal, 1, 500}));

TEST(Error, CarriesItsKindAndMessage) {
  EXPECT_ERROR(fail(ErrorKind::bad_input, "{} has {} px.", "a.png", 3), bad_input,
               testing::StrEq("a.png has 3 px."));
}

TEST(Error, IsARuntimeError) {
  EXPECT_THROW(fail(ErrorKind::io, "x"), std::runtime_error);
}

}  // namespace
}  // namespace atelier
