// SPDX-License-Identifier: Apache-2.0
// Marks pictures, finds marks, and measures both.
//
//   atelier_watermark_bench embed SECRET PAYLOAD PICTURE OUT [PSNR]   PAYLOAD: 16 hexadecimal
//   digits atelier_watermark_bench read SECRET PICTURE...                    a line each
//   atelier_watermark_bench attack SEED PICTURE FOLDER                writes FOLDER/NAME.png of
//   each atelier_watermark_bench table SECRET PICTURE...                   marks, attacks and reads
//   all atelier_watermark_bench unmarked SECRET COUNT PICTURE...          looks for marks where
//   none are
//   atelier_watermark_bench fingerprints PICTURE...                   how near unrelated pictures
//   are
//
// SECRET is a file of at least 16 random bytes. `table` ends with 1 when less than
// docs/watermark.md promises is found, `unmarked` when anything is.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/image/file.hpp"
#include "atelier/provenance/marks.hpp"
#include "atelier/provenance/perceptual_hash.hpp"
#include "atelier/provenance/watermark.hpp"
#include "provenance/picture_attacks.hpp"

namespace {

using namespace atelier;
using namespace atelier::provenance;

constexpr double promised_psnr = 42, promised_share = 0.95;

/// Processor time of this thread, ms: what a machine that does other work as well does not change.
double milliseconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}
double milliseconds_since(double begin) {
  return milliseconds() - begin;
}

WatermarkKey key_of(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string secret(std::istreambuf_iterator<char>(stream), {});
  return WatermarkKey::derive(secret);
}

int embed(const std::vector<std::string>& words) {
  const image::Image picture = image::load(words[2]);
  const WatermarkOptions options{words.size() > 4 ? std::stod(words[4]) : 0};
  const double begin = milliseconds();
  const image::Image marked =
      embed_watermark(picture, std::stoull(words[1], nullptr, 16), key_of(words[0]), options);
  fmt::print("{} x {} px, {:.0f} ms, {:.2f} dB\n", picture.width, picture.height,
             milliseconds_since(begin), psnr(picture, in_8_bits(marked)));
  image::save(marked, words[3]);
  return 0;
}

int read(const std::vector<std::string>& words) {
  const WatermarkKey key = key_of(words[0]);
  for (std::size_t i = 1; i < words.size(); ++i) {
    const image::Image picture = image::load(words[i]);
    const double begin = milliseconds();
    const auto reading = read_watermark(picture, key);
    const double taken = milliseconds_since(begin);
    if (reading)
      fmt::print(
          "{}: {:016x}, correlation {:.1f}, false at most {:.1e}, scale {:.3f}, tilt {:.2f}, "
          "{:.0f} ms\n",
          words[i], reading->payload, reading->correlation, reading->false_positive, reading->scale,
          reading->rotation, taken);
    else
      fmt::print("{}: none, {:.0f} ms\n", words[i], taken);
  }
  return 0;
}

int attack(const std::vector<std::string>& words) {
  const image::Image picture = image::load(words[1]);
  const TemporaryFolder folder;
  for (const Attack& each : attacks())
    image::save(each.apply(picture, std::stoull(words[0]), folder.path()),
                std::filesystem::path(words[2]) / (each.name + ".png"));
  return 0;
}

/// How often each attack was lived through.
int table(const std::vector<std::string>& words) {
  const WatermarkKey key = key_of(words[0]);
  const TemporaryFolder folder;
  std::vector<int> found(attacks().size());
  double psnr_sum = 0, embed_sum = 0, read_sum = 0;
  int reads = 0;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const image::Image picture = image::load(words[i]);
    RandomStream random(i, "payload");
    const std::uint64_t payload = random.next();
    double begin = milliseconds();
    const image::Image marked = in_8_bits(embed_watermark(picture, payload, key));
    embed_sum += milliseconds_since(begin);
    const double cost = psnr(picture, marked);
    psnr_sum += cost;
    std::string lost;
    for (std::size_t a = 0; a < attacks().size(); ++a) {
      const image::Image attacked = attacks()[a].apply(marked, i, folder.path());
      begin = milliseconds();
      const auto reading = read_watermark(attacked, key);
      read_sum += milliseconds_since(begin);
      ++reads;
      if (reading && reading->payload == payload)
        ++found[a];
      else
        lost += " " + attacks()[a].name;
    }
    fmt::print("{} {}x{} {:.2f} dB lost:{}\n", std::filesystem::path(words[i]).filename().string(),
               picture.width, picture.height, cost, lost.empty() ? " none" : lost);
    std::fflush(stdout);
  }
  const auto pictures = static_cast<double>(words.size() - 1);
  bool kept = psnr_sum / pictures >= promised_psnr;
  fmt::print("\n{} pictures, mean {:.2f} dB, embed {:.0f} ms, read {:.0f} ms\n", pictures,
             psnr_sum / pictures, embed_sum / pictures, read_sum / reads);
  for (std::size_t a = 0; a < attacks().size(); ++a) {
    fmt::print("{:14} {:5.1f} %\n", attacks()[a].name, 100 * found[a] / pictures);
    kept = kept && found[a] >= promised_share * pictures;
  }
  return kept ? EXIT_SUCCESS : EXIT_FAILURE;
}

/// Crops of pictures, of 128 to 512 px each way.
int unmarked(const std::vector<std::string>& words) {
  const WatermarkKey key = key_of(words[0]);
  const int count = std::stoi(words[1]);
  RandomStream random(1, "unmarked");
  int found = 0;
  double taken = 0;
  for (int i = 0; i < count; ++i) {
    const image::Image whole =
        image::load(words[2 + random.next() % (words.size() - 2)], {0, min_watermark_edge});
    const auto edge = [&](int limit) {
      return min_watermark_edge +
             static_cast<int>(random.uniform() * (std::min(limit, 512) - min_watermark_edge + 1));
    };
    const int width = edge(whole.width), height = edge(whole.height);
    const image::Image part =
        part_of(whole, static_cast<int>(random.uniform() * (whole.width - width + 1)),
                static_cast<int>(random.uniform() * (whole.height - height + 1)), width, height);
    const double begin = milliseconds();
    const auto reading = read_watermark(part, key);
    taken += milliseconds_since(begin);
    if (reading) {
      ++found;
      fmt::print("crop {}: {:016x}, correlation {:.2f}\n", i, reading->payload,
                 reading->correlation);
    }
    if ((i + 1) % 100 == 0) {
      fmt::print("{} looked at, {} with a mark, {:.0f} ms each\n", i + 1, found, taken / (i + 1));
      std::fflush(stdout);
    }
  }
  return found == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/// The share of pairs at most so many bits apart. Prints the nearest pairs, which may be one work.
int fingerprints(const std::vector<std::string>& words) {
  std::vector<std::uint64_t> hashes;
  for (const std::string& word : words) hashes.push_back(perceptual_hash(image::load(word)));
  std::array<std::uint64_t, 65> pairs{};
  for (std::size_t i = 0; i < hashes.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const int distance = hash_distance(hashes[i], hashes[j]);
      ++pairs[static_cast<std::size_t>(distance)];
      if (distance <= max_fingerprint_distance)
        fmt::print("{} bits: {} {}\n", distance, words[i], words[j]);
    }
  const double all =
      static_cast<double>(hashes.size()) * static_cast<double>(hashes.size() - 1) / 2;
  std::uint64_t near = 0;
  for (std::size_t distance = 0; distance < pairs.size(); ++distance) {
    near += pairs[distance];
    fmt::print("{:2} bits: {} pairs, share {:.2e}\n", distance, near,
               static_cast<double>(near) / all);
  }
  return 0;
}

struct Command {
  const char* name;
  std::size_t words;
  int (*run)(const std::vector<std::string>&);
};
constexpr Command commands[] = {{"embed", 4, embed},       {"read", 2, read},
                                {"attack", 3, attack},     {"table", 2, table},
                                {"unmarked", 3, unmarked}, {"fingerprints", 2, fingerprints}};

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::vector<std::string> words(argv + std::min(argc, 2), argv + argc);
    for (const Command& command : commands)
      if (argc > 1 && std::string(argv[1]) == command.name && words.size() >= command.words)
        return command.run(words);
    fmt::print(stderr, "usage: the first lines of bench/provenance/watermark.cpp\n");
    return 2;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return EXIT_FAILURE;
  }
}
