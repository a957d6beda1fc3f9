// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace atelier::nets {

/// The data that a text holds: JSON, or an object, array or string written in JavaScript.
///
/// JavaScript is never run. Of its grammar only literals are known: beside JSON, names as keys,
/// single quotes, numbers without a digit before or after the point, and !0 and !1 for true and
/// false, as minifiers write them. A text that begins with anything but { or [ or a quote is
/// searched for the first `.exports=` before such a literal, as bundlers write it; what comes
/// before and after is not looked at.
///
/// Limits: 64 deep, two million values. Throws Error bad_input when there is no such literal, it is
/// cut short, breaks a limit, names a key twice, or holds anything else than data.
[[nodiscard]] nlohmann::json read_literal(std::string_view text);

}  // namespace atelier::nets
