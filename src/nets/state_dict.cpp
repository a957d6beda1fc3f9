// SPDX-License-Identifier: Apache-2.0
#include "nets/state_dict.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include "atelier/base/error.hpp"
#include "nets/pickle.hpp"

namespace atelier::nets {
namespace {

constexpr std::array<std::pair<std::string_view, DType>, 10> storage_types{{
    {"DoubleStorage", DType::f64},
    {"FloatStorage", DType::f32},
    {"HalfStorage", DType::f16},
    {"BFloat16Storage", DType::bf16},
    {"LongStorage", DType::i64},
    {"IntStorage", DType::i32},
    {"ShortStorage", DType::i16},
    {"CharStorage", DType::i8},
    {"ByteStorage", DType::u8},
    {"BoolStorage", DType::boolean},
}};

[[noreturn]] void refuse(std::string_view what) {
  fail(ErrorKind::bad_input, "the torch file is damaged ({}); bring a whole copy.", what);
}

std::optional<DType> storage_type(const PickleGlobal& global) {
  if (global.module != "torch") return std::nullopt;
  for (const auto& [name, type] : storage_types) {
    if (global.name == name) return type;
  }
  return std::nullopt;
}

bool allowed(const PickleGlobal& global) {
  if (global.module == "collections") return global.name == "OrderedDict";
  if (global.module == "torch._utils") {
    return global.name == "_rebuild_tensor_v2" || global.name == "_rebuild_parameter";
  }
  return storage_type(global).has_value();
}

bool nothing_allowed(const PickleGlobal&) {
  return false;
}

template <class T>
const T& expect(PickleRef value, std::string_view what) {
  const T* content = value->as<T>();
  if (!content) refuse(what);
  return *content;
}

std::vector<std::int64_t> integers(PickleRef value) {
  const auto& items = expect<PickleTuple>(value, "a tensor's shape is no tuple").items;
  if (items.size() > max_dimensions) refuse("a tensor has more than 8 dimensions");
  std::vector<std::int64_t> numbers;
  for (const PickleRef item : items) {
    numbers.push_back(
        expect<std::int64_t>(item, "a tensor's shape holds something else than numbers"));
  }
  return numbers;
}

/// Notes the storage of a persistent id ('storage', type, key, device, elements[, None]).
std::string note_storage(PickleRef id, std::map<std::string, Storage>& storages) {
  const auto& parts = expect<PickleTuple>(id, "a storage is not described by a tuple").items;
  if (parts.size() < 5 || parts.size() > 6 ||
      expect<std::string>(parts[0], "a storage is not described by its kind") != "storage") {
    refuse("a storage is not described as torch does");
  }
  if (parts.size() == 6 && !parts[5]->as<PickleNone>()) refuse("a storage is a view of another");
  const auto type = storage_type(expect<PickleGlobal>(parts[1], "a storage has no type"));
  if (!type) refuse("a storage has an unknown type");
  const auto& key = expect<std::string>(parts[2], "a storage has no key");
  const std::int64_t elements = expect<std::int64_t>(parts[4], "a storage has no element count");
  if (!element_count(std::array{elements})) refuse("a storage's element count is out of range");
  const auto [at, added] = storages.try_emplace(key, Storage{*type, elements});
  if (!added && (at->second.type != *type || at->second.elements != elements)) {
    refuse("a storage is described in two ways");
  }
  return key;
}

/// Throws unless every element of the window lies in the storage.
void check_window(const StoredTensor& tensor, std::int64_t elements) {
  const auto count = element_count(tensor.sizes);
  if (!count || tensor.strides.size() != tensor.sizes.size() || tensor.offset < 0) {
    refuse("a tensor's shape is impossible");
  }
  if (*count == 0) return;
  if (*count > elements) refuse("a tensor shows more elements than its storage holds");
  std::int64_t last = tensor.offset;
  for (std::size_t i = 0; i < tensor.sizes.size(); ++i) {
    if (tensor.strides[i] < 0 || last >= elements) refuse("a tensor reaches outside its storage");
    const std::int64_t steps = tensor.sizes[i] - 1;
    if (steps > 0 && tensor.strides[i] > elements / steps) {
      refuse("a tensor reaches outside its storage");
    }
    last += steps * tensor.strides[i];
  }
  if (last >= elements) refuse("a tensor reaches outside its storage");
}

/// The tensor that a recorded call stands for; nothing when the value is no tensor.
std::optional<StoredTensor> tensor_of(PickleRef value, std::map<std::string, Storage>& storages) {
  const auto* call = value->as<PickleCall>();
  if (!call) return std::nullopt;
  const auto* arguments = &expect<PickleTuple>(call->arguments, "a call has no arguments").items;
  if (call->function.name == "_rebuild_parameter") {
    if (arguments->empty()) refuse("a parameter is empty");
    call = &expect<PickleCall>(arguments->front(), "a parameter holds no tensor");
    arguments = &expect<PickleTuple>(call->arguments, "a call has no arguments").items;
  }
  if (call->function.name != "_rebuild_tensor_v2" || arguments->size() < 4) {
    refuse("a tensor is not described as torch does");
  }
  StoredTensor tensor;
  tensor.storage = note_storage(
      expect<PicklePersistent>((*arguments)[0], "a tensor has no storage").id, storages);
  tensor.offset = expect<std::int64_t>((*arguments)[1], "a tensor has no offset");
  tensor.sizes = integers((*arguments)[2]);
  tensor.strides = integers((*arguments)[3]);
  check_window(tensor, storages.at(tensor.storage).elements);
  return tensor;
}

/// The magic number 0x1950a86a20f9469cfc6c as torch.save writes it: protocol 2, ten bytes, stop.
constexpr std::array<unsigned char, 15> legacy_magic{0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46,
                                                     0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e};

}  // namespace

StateDict read_state_dict(std::span<const std::byte> bytes) {
  const Pickle pickle = read_pickle(bytes, allowed);
  const auto* dict = pickle.root->as<PickleDict>();
  if (dict) {
    for (const auto& [key, value] : dict->items) {
      const auto* name = key->as<std::string>();
      if (name && *name == "state_dict" && value->as<PickleDict>()) {
        dict = value->as<PickleDict>();
        break;
      }
    }
  }
  if (!dict) {
    fail(ErrorKind::bad_input,
         "the torch file holds no dict of tensors; save it with torch.save(model.state_dict(), "
         "path).");
  }
  StateDict result;
  result.size = pickle.size;
  for (const auto& [key, value] : dict->items) {
    const auto* name = key->as<std::string>();
    if (!name) continue;
    if (auto tensor = tensor_of(value, result.storages)) {
      result.tensors.insert_or_assign(*name, std::move(*tensor));
    }
  }
  return result;
}

bool is_legacy_torch_file(std::span<const std::byte> bytes) {
  return bytes.size() >= legacy_magic.size() &&
         std::memcmp(bytes.data(), legacy_magic.data(), legacy_magic.size()) == 0;
}

LegacyTorchFile read_legacy_torch_file(std::span<const std::byte> bytes) {
  if (!is_legacy_torch_file(bytes)) refuse("it does not begin with torch's magic number");
  std::span<const std::byte> rest = bytes.subspan(legacy_magic.size());

  const Pickle version = read_pickle(rest, nothing_allowed);
  if (expect<std::int64_t>(version.root, "its version is no number") != 1001) {
    refuse("its version is not 1001");
  }
  rest = rest.subspan(version.size);

  const Pickle system = read_pickle(rest, nothing_allowed);
  for (const auto& [key, value] :
       expect<PickleDict>(system.root, "it does not describe its system").items) {
    const auto* name = key->as<std::string>();
    const auto* yes = value->as<bool>();
    if (name && *name == "little_endian" && !(yes && *yes)) {
      refuse("it is big-endian, which is not supported");
    }
  }
  rest = rest.subspan(system.size);

  LegacyTorchFile file;
  file.dict = read_state_dict(rest);
  rest = rest.subspan(file.dict.size);

  const Pickle order = read_pickle(rest, nothing_allowed);
  rest = rest.subspan(order.size);
  for (const PickleRef item : expect<PickleList>(order.root, "its storages have no order").items) {
    const auto& key = expect<std::string>(item, "a storage's key is no text");
    const auto storage = file.dict.storages.find(key);
    if (storage == file.dict.storages.end()) refuse("it lists a storage that no tensor uses");
    std::uint64_t count = 0;
    if (rest.size() < sizeof(count)) refuse("it ends early");
    for (std::size_t i = sizeof(count); i-- > 0;) {
      count = count << 8 | std::to_integer<std::uint64_t>(rest[i]);
    }
    rest = rest.subspan(sizeof(count));
    if (count != static_cast<std::uint64_t>(storage->second.elements)) {
      refuse("a storage has another size than its tensors say");
    }
    const auto size = count * static_cast<std::uint64_t>(element_size(storage->second.type));
    if (size > rest.size()) refuse("it ends early");
    if (!file.data.try_emplace(key, rest.first(size)).second) refuse("a storage is there twice");
    rest = rest.subspan(size);
  }
  if (file.data.size() != file.dict.storages.size()) refuse("a storage is missing");
  if (!rest.empty()) refuse("something follows its last storage");
  return file;
}

}  // namespace atelier::nets
