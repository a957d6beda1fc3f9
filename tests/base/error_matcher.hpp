// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>

#include <optional>

#include "atelier/base/error.hpp"

namespace atelier::test {

/// The Error that `action` throws, if it throws one.
template <class Action>
std::optional<Error> error_of(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

}  // namespace atelier::test

/// Expects that `action` throws an Error of this kind, whose message `matcher` accepts.
#define EXPECT_ERROR(action, expected_kind, matcher)                      \
  do {                                                                    \
    const auto thrown = atelier::test::error_of([&] { (void)(action); }); \
    ASSERT_TRUE(thrown.has_value()) << #action " throws no Error";        \
    EXPECT_EQ(thrown->kind(), atelier::ErrorKind::expected_kind);         \
    EXPECT_THAT(thrown->what(), matcher);                                 \
  } while (false)
