// SPDX-License-Identifier: Apache-2.0
#include "atelier/train/picture_set.hpp"

#include <bit>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>

#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/mapped_file.hpp"

namespace atelier::train {

static_assert(std::endian::native == std::endian::little, "lengths are read as they lie");

namespace {

constexpr std::size_t magic_size = set_mark.size(), digest_size = 64, length_size = 8;
constexpr std::size_t trailer_size = digest_size + length_size + magic_size;
constexpr int most_edge = 1 << 16;

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& why) {
  fail(ErrorKind::bad_input,
       "{} is no packed set of pictures ({}); make one with: atelier dataset "
       "pack FOLDER -o FILE",
       path.string(), why);
}

std::uint64_t bytes_of(const PackedPicture& picture) {
  return std::uint64_t{3} * static_cast<std::uint64_t>(picture.width) *
         static_cast<std::uint64_t>(picture.height);
}

PackedPicture parse_entry(const nlohmann::json& entry) {
  PackedPicture picture;
  picture.name = entry.at("name").get<std::string>();
  picture.width = entry.at("width").get<int>();
  picture.height = entry.at("height").get<int>();
  picture.offset = entry.at("offset").get<std::uint64_t>();
  picture.sha256 = entry.at("sha256").get<std::string>();
  picture.label = entry.value("label", "");
  return picture;
}

}  // namespace

PictureSet::PictureSet(const std::filesystem::path& path)
    : path_(path),
      file_(std::make_shared<MappedFile>(path, std::numeric_limits<std::int64_t>::max())) {
  const std::span<const std::byte> bytes = file_->bytes();
  if (bytes.size() < trailer_size) refuse(path, "it is too short");
  const auto trailer = bytes.last(trailer_size);
  if (std::memcmp(trailer.data() + digest_size + length_size, set_mark.data(), magic_size) != 0) {
    refuse(path, "it does not end in ATELSET1");
  }
  std::uint64_t length = 0;
  std::memcpy(&length, trailer.data() + digest_size, length_size);
  if (length > bytes.size() - trailer_size) refuse(path, "its index is longer than the file");
  const std::uint64_t data = bytes.size() - trailer_size - length;
  const auto index = bytes.subspan(data, length);
  digest_ = sha256(index);
  if (std::memcmp(trailer.data(), digest_.data(), digest_size) != 0) {
    refuse(path, "its index is damaged");
  }
  const auto* text = reinterpret_cast<const char*>(index.data());
  const auto json = nlohmann::json::parse(text, text + length, nullptr, false);
  try {
    for (const auto& entry : json.at("pictures")) pictures_.push_back(parse_entry(entry));
  } catch (const nlohmann::json::exception&) {
    refuse(path, "its index cannot be read");
  }
  for (PackedPicture& picture : pictures_) {
    const bool sound = picture.width > 0 && picture.width <= most_edge && picture.height > 0 &&
                       picture.height <= most_edge && picture.offset <= data &&
                       bytes_of(picture) <= data - picture.offset;
    if (!sound) refuse(path, "a picture of its index lies outside of the file");
    picture.pixels = bytes.subspan(picture.offset, bytes_of(picture));
  }
  if (pictures_.empty()) refuse(path, "it holds no picture");
}

const PackedPicture& PictureSet::at(std::size_t i) const {
  const PackedPicture& picture = pictures_.at(i);
  if (sha256(picture.pixels) != picture.sha256) {
    fail(ErrorKind::bad_input, "{}: the picture {} is damaged; pack the set again.", path_.string(),
         picture.name);
  }
  return picture;
}

PictureSetWriter::PictureSetWriter(const std::filesystem::path& path)
    : path_(path), file_(path), out_(file_.path(), std::ios::binary) {}

bool PictureSetWriter::add(const std::string& name, int width, int height,
                           std::span<const std::byte> pixels, const std::string& label) {
  PackedPicture picture{name, label, width, height, at_, sha256(pixels), {}};
  if (width <= 0 || height <= 0 || width > most_edge || height > most_edge ||
      pixels.size() != bytes_of(picture)) {
    fail(ErrorKind::invalid_argument, "{}: {} x {} px are not {} bytes of R, G and B.", name, width,
         height, pixels.size());
  }
  if (!seen_.insert(picture.sha256).second) return false;
  out_.write(reinterpret_cast<const char*>(pixels.data()),
             static_cast<std::streamsize>(pixels.size()));
  at_ += pixels.size();
  pictures_.push_back(std::move(picture));
  return true;
}

bool PictureSetWriter::holds(std::span<const std::byte> pixels) const {
  return seen_.contains(sha256(pixels));
}

void PictureSetWriter::finish() {
  if (pictures_.empty()) {
    fail(ErrorKind::invalid_argument, "there is no picture to pack into {}.", path_.string());
  }
  nlohmann::json index{{"pictures", nlohmann::json::array()}};
  for (const PackedPicture& picture : pictures_) {
    nlohmann::json entry{{"name", picture.name},
                         {"width", picture.width},
                         {"height", picture.height},
                         {"offset", picture.offset},
                         {"sha256", picture.sha256}};
    if (!picture.label.empty()) entry["label"] = picture.label;
    index["pictures"].push_back(std::move(entry));
  }
  const std::string text =
      index.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  const std::uint64_t length = text.size();
  out_ << text << sha256(std::as_bytes(std::span(text)));
  out_.write(reinterpret_cast<const char*>(&length), length_size);
  out_.write(set_mark.data(), magic_size);
  out_.close();
  if (!out_) fail(ErrorKind::io, "{} cannot be written; is the disk full?", path_.string());
  file_.commit();
}

}  // namespace atelier::train
