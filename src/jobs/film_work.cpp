// SPDX-License-Identifier: Apache-2.0
#include "jobs/film_work.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>
#include <string_view>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t max_state_bytes = 1 << 16;
constexpr std::chrono::milliseconds between_counts{500};

nlohmann::json to_json(const std::optional<double>& figure) {
  return figure ? nlohmann::json(*figure) : nlohmann::json();
}

std::optional<double> to_figure(const nlohmann::json& json) {
  return json.is_null() ? std::nullopt : std::optional(json.get<double>());
}

nlohmann::json to_json(const FrameRecord& record) {
  nlohmann::json losses;
  for (const auto& [name, value, always] : style::loss_names) losses[name] = record.losses.*value;
  return {{"start", record.time.start},
          {"duration", record.time.duration},
          {"fresh", record.fresh},
          {"iterations", record.iterations},
          {"losses", losses},
          {"change", to_json(record.change)},
          {"kept", to_json(record.kept)}};
}

FrameRecord to_record(const nlohmann::json& json) {
  FrameRecord record;
  record.time = {json.at("start").get<std::int64_t>(), json.at("duration").get<std::int64_t>()};
  record.fresh = json.at("fresh").get<bool>();
  record.iterations = json.at("iterations").get<int>();
  const auto& losses = json.at("losses");
  for (const auto& [name, value, always] : style::loss_names) {
    record.losses.*value = losses.at(name).get<double>();
  }
  record.change = to_figure(json.at("change"));
  record.kept = to_figure(json.at("kept"));
  return record;
}

std::string_view bytes_of(const std::vector<float>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)};
}

std::string digest_of(std::string_view bytes) {
  return sha256(std::as_bytes(std::span(bytes)));
}

[[noreturn]] void damaged(const fs::path& folder) {
  fail(ErrorKind::bad_input,
       "the work folder {} is damaged; delete it, and the film is painted from its start.",
       folder.string());
}

}  // namespace

FilmWork::FilmWork(const fs::path& output, std::string recipe_digest)
    : folder_(output.parent_path() / fmt::format(".{}.atelier-film", output.filename().string())),
      digest_(std::move(recipe_digest)) {
  std::error_code error;
  fs::create_directory(folder_, error);
  lock_ = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock_ < 0) {
    fail(ErrorKind::io, "the work folder {} cannot be made ({}); choose another place for -o.",
         folder_.string(), error ? error.message() : std::strerror(errno));
  }
  if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock_);
    fail(ErrorKind::bad_input,
         "another run is painting {} now; wait for it, or name another output.", output.string());
  }
  try {
    read_state();
    drop_unfinished();
  } catch (...) {
    ::close(lock_);
    throw;
  }
}

FilmWork::~FilmWork() {
  std::error_code error;
  if (done_ == 0) fs::remove_all(folder_, error);  // nothing to go on from
  if (lock_ >= 0) ::close(lock_);
}

void FilmWork::read_state() {
  const fs::path file = folder_ / "state.json";
  if (!fs::exists(file)) return;
  const auto state = nlohmann::json::parse(read_file(file, max_state_bytes), nullptr, false);
  if (!state.is_object()) damaged(folder_);
  try {
    if (state.at("recipe").get<std::string>() != digest_) {
      fail(ErrorKind::bad_input,
           "{} holds {} frames of another film or other options; repeat that command, name another "
           "output, or delete the folder.",
           folder_.string(), state.at("done").get<std::int64_t>());
    }
    done_ = counted_ = state.at("done").get<std::int64_t>();
    tile_ = state.at("tile").get<int>();
    engine_ = state.at("engine").get<std::string>();
    last_sha256_ = state.at("last_sha256").get<std::string>();
  } catch (const nlohmann::json::exception&) {
    damaged(folder_);
  }
  for (std::int64_t i = 0; i < done_; ++i) {
    if (!fs::exists(picture(i))) damaged(folder_);
  }
}

/// Leaves of frames.jsonl what the state counts.
void FilmWork::drop_unfinished() const {
  const fs::path file = folder_ / "frames.jsonl";
  std::ifstream in(file, std::ios::binary);
  std::uintmax_t length = 0;
  std::string line;
  for (std::int64_t i = 0; i < done_; ++i) {
    if (!std::getline(in, line) || in.eof()) damaged(folder_);
    length += line.size() + 1;
  }
  in.close();
  if (fs::exists(file)) fs::resize_file(file, length);
}

fs::path FilmWork::picture(std::int64_t number) const {
  return folder_ / fmt::format("{:06}.png", number);
}

fs::path FilmWork::exact(std::int64_t number) const {
  return folder_ / fmt::format("{:06}.f32", number);
}

void FilmWork::add(const FrameRecord& record, const image::Image& painting,
                   const style::StylizeOptions& settled, bool exact) {
  image::save(painting, picture(done_), {.quick = true});
  if (exact) write_file(this->exact(done_), bytes_of(painting.rgb));
  std::ofstream records(folder_ / "frames.jsonl", std::ios::binary | std::ios::app);
  records << to_json(record).dump() + '\n' << std::flush;
  if (!records) {
    fail(ErrorKind::io, "{} cannot be written; make room, and the same command goes on.",
         (folder_ / "frames.jsonl").string());
  }
  tile_ = settled.tile;
  engine_ = settled.engine;
  last_sha256_ = exact ? digest_of(bytes_of(painting.rgb)) : std::string();
  ++done_;
  if (exact || std::chrono::steady_clock::now() - counted_at_ > between_counts) write_state();
  std::error_code error;
  if (exact && done_ > 1) fs::remove(this->exact(done_ - 2), error);
}

void FilmWork::flush() {
  if (counted_ != done_) write_state();
}

void FilmWork::write_state() {
  write_file(folder_ / "state.json", nlohmann::json{{"recipe", digest_},
                                                    {"done", done_},
                                                    {"tile", tile_},
                                                    {"engine", engine_},
                                                    {"last_sha256", last_sha256_}}
                                         .dump());
  counted_ = done_;
  counted_at_ = std::chrono::steady_clock::now();
}

image::Image FilmWork::last_painting(image::Size size) const {
  image::Image picture;
  picture.width = size.width;
  picture.height = size.height;
  picture.rgb.resize(picture.pixels() * 3);
  const std::string bytes = read_file(exact(done_ - 1), bytes_of(picture.rgb).size());
  if (bytes.size() != bytes_of(picture.rgb).size() || digest_of(bytes) != last_sha256_) {
    damaged(folder_);
  }
  std::memcpy(picture.rgb.data(), bytes.data(), bytes.size());
  return picture;
}

void FilmWork::for_each(const std::function<void(std::int64_t, const FrameRecord&)>& f) const {
  std::ifstream in(folder_ / "frames.jsonl", std::ios::binary);
  std::string line;
  for (std::int64_t i = 0; i < done_; ++i) {
    std::getline(in, line);
    const auto json = nlohmann::json::parse(line, nullptr, false);
    try {
      f(i, to_record(json));
    } catch (const nlohmann::json::exception&) {
      damaged(folder_);
    }
  }
}

image::Image FilmWork::frame(std::int64_t number) const {
  return image::load(picture(number), {.min_edge = 1});
}

void FilmWork::remove() {
  done_ = counted_ = 0;
  std::error_code error;
  fs::remove_all(folder_, error);
}

}  // namespace atelier::jobs
