// SPDX-License-Identifier: Apache-2.0
#include "film/gif_outline.hpp"

#include <string_view>

namespace atelier::film {
namespace {

constexpr std::size_t longest_text = std::size_t{2} << 20;

/// Reads bytes in order; once at the end it gives zeros and is no longer good.
class Bytes {
 public:
  explicit Bytes(std::ifstream& file) : file_(file) {}
  [[nodiscard]] bool good() const { return file_.good(); }
  int next() {
    const int byte = file_.get();
    return byte < 0 ? 0 : byte;
  }
  void skip(std::streamoff count) {
    if (count > 0) file_.ignore(count);
  }
  void skip_colours(int flags) {
    if (flags & 0x80) skip(std::streamoff{3} << ((flags & 7) + 1));
  }
  /// Sub-blocks: a length and as many bytes, until a length of 0. Keeps the first `limit` of them.
  std::string blocks(std::size_t limit = 0) {
    std::string text;
    for (int length = next(); good() && length > 0; length = next()) {
      if (text.size() < limit) {
        for (int i = 0; i < length; ++i) text.push_back(static_cast<char>(next()));
      } else {
        skip(length);
      }
    }
    return text;
  }
  [[nodiscard]] std::uint64_t place() { return static_cast<std::uint64_t>(file_.tellg()); }

 private:
  std::ifstream& file_;
};

}  // namespace

GifOutline outline_of_gif(std::ifstream& file) {
  GifOutline outline;
  file.clear();
  file.seekg(0);
  Bytes bytes(file);
  bytes.skip(10);  // signature and size
  const int flags = bytes.next();
  bytes.skip(2);
  bytes.skip_colours(flags);
  while (bytes.good()) {
    const int block = bytes.next();
    if (block == 0x3b && bytes.good()) {
      outline.complete = true;
      outline.trailer = bytes.place() - 1;
      break;
    }
    if (block == 0x21) {
      const int label = bytes.next();
      if (label == 0xfe) {
        outline.comment = bytes.blocks(longest_text);
      } else if (label == 0xff) {
        const std::string text = bytes.blocks(64);
        if (text.starts_with("NETSCAPE2.0") && text.size() >= 14 && text[11] == 1) {
          const int repeats =
              static_cast<unsigned char>(text[12]) + 256 * static_cast<unsigned char>(text[13]);
          outline.loops = repeats == 0 ? 0 : repeats + 1;
        }
      } else {
        bytes.blocks();
      }
    } else if (block == 0x2c) {
      bytes.skip(8);
      const int local = bytes.next();
      bytes.skip_colours(local);
      bytes.skip(1);
      bytes.blocks();
      if (bytes.good()) ++outline.frames;
    } else if (block != 0) {
      break;  // no GIF any more
    }
  }
  return outline;
}

}  // namespace atelier::film
