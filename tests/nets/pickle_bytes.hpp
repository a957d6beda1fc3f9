// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace atelier::testing {

inline std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}

/// A number as little-endian bytes.
template <class T>
std::string little(T value) {
  std::string bytes(sizeof(value), '\0');
  std::memcpy(bytes.data(), &value, sizeof(value));
  return bytes;
}

/// Pieces of pickles, protocol 2.
inline std::string proto() {
  return {'\x80', '\x02'};
}
inline std::string text(const std::string& value) {
  std::string bytes("X");  // pieces appended one by one: GCC 12 warns of operator+ in error
  return bytes.append(little(static_cast<std::uint32_t>(value.size()))).append(value);
}
inline std::string integer(std::int32_t value) {
  return std::string("J").append(little(value));
}
inline std::string global(const std::string& module, const std::string& name) {
  return "c" + module + "\n" + name + "\n";
}
inline std::string tuple(std::initializer_list<std::string> items) {
  std::string bytes = "(";
  for (const std::string& item : items) bytes += item;
  return bytes + "t";
}
inline std::string integers(const std::vector<std::int32_t>& values) {
  std::string bytes = "(";
  for (const std::int32_t value : values) bytes += integer(value);
  return bytes + "t";
}
inline std::string dict(const std::vector<std::pair<std::string, std::string>>& items) {
  std::string bytes = "}(";
  for (const auto& [key, value] : items) bytes += text(key) + value;
  return bytes + "u";
}

/// A tensor as torch pickles it.
struct PickledTensor {
  std::string storage_type = "FloatStorage";
  std::string key = "0";
  std::int32_t elements = 0;
  std::int32_t offset = 0;
  std::vector<std::int32_t> sizes, strides;

  [[nodiscard]] std::string pickle() const {
    const std::string storage = tuple({text("storage"), global("torch", storage_type), text(key),
                                       text("cpu"), integer(elements)}) +
                                "Q";
    return global("torch._utils", "_rebuild_tensor_v2") +
           tuple({storage, integer(offset), integers(sizes), integers(strides),
                  std::string(1, '\x89'), global("collections", "OrderedDict") + ")R"}) +
           "R";
  }
};

/// A file of torch.save before PyTorch 1.6: `object` is the state dict's opcodes; `storages` are
/// keys, element counts and data.
struct LegacyStorage {
  std::string key;
  std::int64_t elements;
  std::string data;
};
inline std::string legacy_file(const std::string& object,
                               const std::vector<LegacyStorage>& storages) {
  std::string file = "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.";
  file += proto() + "M\xe9\x03.";
  file += proto() + dict({{"protocol_version", "M\xe9\x03"}, {"little_endian", "\x88"}}) + ".";
  file += proto() + object + ".";
  file += proto() + "](";
  for (const LegacyStorage& storage : storages) file += text(storage.key);
  file += "e.";
  for (const LegacyStorage& storage : storages) file += little(storage.elements) + storage.data;
  return file;
}

inline std::uint32_t crc32(const std::string& data) {
  std::uint32_t crc = ~0u;
  for (const char c : data) {
    crc ^= static_cast<unsigned char>(c);
    for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
  }
  return ~crc;
}

/// A zip file of stored members.
inline std::string zip_file(const std::vector<std::pair<std::string, std::string>>& members) {
  // Version, flags, method, time, date, checksum, packed and unpacked size, lengths of name and
  // extra.
  std::string file, directory;
  for (const auto& [name, data] : members) {
    const auto size = static_cast<std::uint32_t>(data.size());
    const std::string facts =
        little<std::uint16_t>(20) + std::string(4, '\0') + little<std::uint16_t>(0) +
        little<std::uint16_t>(0x21) + little(crc32(data)) + little(size) + little(size) +
        little(static_cast<std::uint16_t>(name.size())) + std::string(2, '\0');
    directory += "PK\x01\x02" + little<std::uint16_t>(20) + facts + std::string(10, '\0') +
                 little(static_cast<std::uint32_t>(file.size())) + name;
    file += "PK\x03\x04" + facts + name + data;
  }
  const auto count = little(static_cast<std::uint16_t>(members.size()));
  return file + directory + "PK\x05\x06" + std::string(4, '\0') + count + count +
         little(static_cast<std::uint32_t>(directory.size())) +
         little(static_cast<std::uint32_t>(file.size())) + std::string(2, '\0');
}

}  // namespace atelier::testing
