// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace atelier::nets {

struct PickleValue;
using PickleRef = const PickleValue*;

struct PickleNone {};
/// An integer of more than 64 bits: two's complement, little-endian.
struct PickleBigInt {
  std::string bytes;
};
struct PickleBytes {
  std::string bytes;
};
struct PickleTuple {
  std::vector<PickleRef> items;
};
struct PickleList {
  std::vector<PickleRef> items;
};
/// Both dict and collections.OrderedDict, in the file's order. Keys are not made unique.
struct PickleDict {
  std::vector<std::pair<PickleRef, PickleRef>> items;
};
/// A name of a class or function, never looked up.
struct PickleGlobal {
  std::string module, name;
};
/// What the file calls, written down instead of done.
struct PickleCall {
  PickleGlobal function;
  PickleRef arguments = nullptr;  // a PickleTuple
};
/// A reference to something outside the pickle; torch uses it for storages.
struct PicklePersistent {
  PickleRef id = nullptr;
};

struct PickleValue {
  std::variant<PickleNone, bool, std::int64_t, double, std::string, PickleBigInt, PickleBytes,
               PickleTuple, PickleList, PickleDict, PickleGlobal, PickleCall, PicklePersistent>
      content;

  /// The content when it is of type T, else null.
  template <class T>
  [[nodiscard]] const T* as() const noexcept {
    return std::get_if<T>(&content);
  }
};

/// One pickle as data. `nodes` owns every value, so that structures that are deep or contain
/// themselves cost no recursion and leak nothing.
struct Pickle {
  std::deque<PickleValue> nodes;
  PickleRef root = nullptr;
  std::size_t size = 0;  ///< bytes read, to and with the STOP
};

/// Which globals a file may name. Everything else is refused before anything is made of it.
using PickleAllowed = std::function<bool(const PickleGlobal&)>;

/// Reads the pickle that `bytes` begin with, without executing anything.
///
/// Source: the opcodes of CPython's Lib/pickletools.py for protocols 2 to 4, of which the ones that
/// state dicts are made of are known here. A call is only written down (PickleCall);
/// collections.OrderedDict() becomes an empty dict, and attributes set on a dict (torch's
/// _metadata) are dropped. Limits: 64 MiB, a million values, a million stack entries, a thousand
/// open marks. Throws Error bad_input when the bytes end early, break a limit, use another opcode,
/// or name a global that is not allowed; the message names it.
[[nodiscard]] Pickle read_pickle(std::span<const std::byte> bytes, const PickleAllowed& allowed);

}  // namespace atelier::nets
