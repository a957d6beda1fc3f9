// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/event.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "atelier/base/base64.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/sha256.hpp"
#include "provenance/random_bytes.hpp"
#include "provenance/strict_json.hpp"

namespace atelier::provenance {
namespace {

using nlohmann::json;

constexpr std::size_t salt_bytes = 16;
constexpr std::array<std::string_view, 3> reserved{"_sd", "_sd_alg", "..."};

std::string digest_of(std::string_view disclosure) {
  Sha256 hash;
  hash.update(disclosure);
  return to_base64(as_text(hash.finish()), Base64::url);
}

std::string entry_of(std::vector<std::string> digests) {
  std::sort(digests.begin(), digests.end());
  std::string entry = R"({"_sd":[)";
  for (const std::string& digest : digests) {
    if (&digest != &digests.front()) entry += ',';
    entry += '"' + digest + '"';
  }
  return entry + R"(],"_sd_alg":"sha-256"})";
}

/// The digests of a canonical entry; nothing for what is none.
std::optional<std::vector<std::string>> digests_of(std::string_view entry) {
  const std::optional<json> parsed = parse_strict_json(entry, 2);
  if (!parsed || !parsed->is_object()) return std::nullopt;
  const auto list = parsed->find("_sd");
  if (list == parsed->end() || !list->is_array()) return std::nullopt;
  std::vector<std::string> digests;
  for (const json& digest : *list) {
    if (!digest.is_string()) return std::nullopt;
    digests.push_back(digest.get<std::string>());
    const auto bytes = from_base64(digests.back(), Base64::url);
    if (!bytes || bytes->size() != sizeof(Sha256::Digest)) return std::nullopt;
  }
  const bool twice = std::adjacent_find(digests.begin(), digests.end()) != digests.end();
  if (digests.empty() || digests.size() > max_event_fields || twice || entry_of(digests) != entry)
    return std::nullopt;
  return digests;
}

std::vector<std::string> needed_digests(std::string_view entry, std::string_view what) {
  std::optional<std::vector<std::string>> digests = digests_of(entry);
  if (!digests) {
    fail(ErrorKind::bad_input, "{} holds no sealed event as this ledger writes them.", what);
  }
  return std::move(*digests);
}

Field field_of(std::string_view disclosure, std::string_view what) {
  const auto bytes = from_base64(disclosure, Base64::url);
  std::optional<json> array = bytes ? parse_strict_json(*bytes, max_event_depth + 1) : std::nullopt;
  if (!array || !array->is_array() || array->size() != 3 || !(*array)[0].is_string() ||
      !(*array)[1].is_string()) {
    fail(ErrorKind::bad_input, "{} holds a disclosure that is damaged; bring a whole copy.", what);
  }
  return {(*array)[1].get<std::string>(), std::move((*array)[2])};
}

void check(const json& event) {
  const auto refuse = [](std::string_view why) {
    fail(ErrorKind::bad_input, "an event must be a JSON object {}.", why);
  };
  if (!event.is_object() || event.empty() || event.size() > max_event_fields)
    refuse(fmt::format("with 1..{} fields", max_event_fields));
  for (const auto& [name, value] : event.items()) {
    if (name.empty()) refuse("whose fields have names");
    if (std::find(reserved.begin(), reserved.end(), name) != reserved.end())
      refuse("without fields called _sd, _sd_alg or ..., which the ledger needs");
  }
}

/// The array of a disclosure as JSON that can be read again.
std::string array_of(const std::string& name, const json& value) {
  const std::string salt = to_base64(random_bytes(salt_bytes), Base64::url);
  try {
    std::string array = json::array({salt, name, value}).dump();
    if (parse_strict_json(array, max_event_depth + 1)) return array;
  } catch (const json::exception&) {  // what is no UTF-8 cannot be written
  }
  fail(ErrorKind::bad_input,
       "an event must be UTF-8 and at most {} levels deep, and its field {} is not.",
       max_event_depth, json(name).dump(-1, ' ', true, json::error_handler_t::replace));
}

}  // namespace

std::optional<json> parse_event_json(std::string_view text) {
  return parse_strict_json(text, max_event_depth + 1);
}

SealedEvent seal(const json& event) {
  check(event);
  SealedEvent sealed;
  std::vector<std::string> digests;
  std::size_t bytes = 0;
  for (const auto& [name, value] : event.items()) {
    const std::string array = array_of(name, value);
    bytes += array.size();
    if (bytes > max_event_bytes) {
      fail(ErrorKind::bad_input,
           "an event has more than {} bytes; keep long texts elsewhere and put their SHA-256 into "
           "the event.",
           max_event_bytes);
    }
    sealed.disclosures.push_back(to_base64(array, Base64::url));
    digests.push_back(digest_of(sealed.disclosures.back()));
  }
  sealed.entry = entry_of(std::move(digests));
  return sealed;
}

std::vector<Field> open(std::string_view entry, std::span<const std::string> disclosures,
                        std::string_view what) {
  const std::vector<std::string> digests = needed_digests(entry, what);
  std::vector<Field> fields;
  for (const std::string& disclosure : disclosures) {
    if (std::find(digests.begin(), digests.end(), digest_of(disclosure)) == digests.end()) {
      fail(ErrorKind::bad_input,
           "{} shows a field that its entry does not hold; it was changed or belongs to another.",
           what);
    }
    fields.push_back(field_of(disclosure, what));
  }
  const auto by_name = [](const Field& a, const Field& b) { return a.first < b.first; };
  std::sort(fields.begin(), fields.end(), by_name);
  const auto same = [](const Field& a, const Field& b) { return a.first == b.first; };
  if (std::adjacent_find(fields.begin(), fields.end(), same) != fields.end())
    fail(ErrorKind::bad_input, "{} shows a field twice.", what);
  return fields;
}

std::size_t count_fields(std::string_view entry, std::string_view what) {
  return needed_digests(entry, what).size();
}

std::string field_name(std::string_view disclosure, std::string_view what) {
  return field_of(disclosure, what).first;
}

std::string join_presentation(std::string_view entry, std::span<const std::string> disclosures) {
  std::string text = to_base64(entry, Base64::url) + '~';
  for (const std::string& disclosure : disclosures) text += disclosure + '~';
  return text;
}

Presentation parse_presentation(std::string_view text, std::string_view what) {
  std::vector<std::string> parts;
  for (std::size_t end = text.find('~'); end != text.npos; end = text.find('~')) {
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  const auto entry = parts.empty() ? std::nullopt : from_base64(parts.front(), Base64::url);
  if (!text.empty() || !entry || parts.size() > max_event_fields + 1)
    fail(ErrorKind::bad_input, "{} holds no entry with disclosures.", what);
  return {*entry, {parts.begin() + 1, parts.end()}};
}

}  // namespace atelier::provenance
