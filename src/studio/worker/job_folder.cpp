// SPDX-License-Identifier: Apache-2.0
#include "studio/worker/job_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"

namespace atelier::studio {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_results = 10'000;

/// An open lock on the folder, or -1 where another process holds it.
int take_lock(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  const int lock = ::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0) fail_writing(folder, errno);
  if (::flock(lock, LOCK_EX | LOCK_NB) == 0) return lock;
  ::close(lock);
  return -1;
}

std::optional<FileType> type_of(const fs::path& file) {
  std::string head(sniffed_bytes, '\0'), tail(sniffed_end, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(in.gcount()));
  in.clear();
  in.seekg(-static_cast<std::streamoff>(tail.size()), std::ios::end);
  in.read(tail.data(), static_cast<std::streamsize>(tail.size()));
  return sniff(head, tail);
}

/// The output that a file is of: picture-2.png and picture/7.png are of `picture`. Null: of none.
const Output* output_of(const Command& command, const std::string& file_name) {
  const Output* best = nullptr;
  for (const Output& output : command.outputs) {
    const std::string& name = output.name;
    if (!file_name.starts_with(name) || (best && name.size() <= best->name.size())) continue;
    if (file_name.size() == name.size() ||
        std::string_view(".-/").find(file_name[name.size()]) != std::string_view::npos) {
      best = &output;
    }
  }
  return best;
}

}  // namespace

JobFolder::JobFolder(const fs::path& data, const Job& job) : path_(data / "jobs" / job.id) {
  lock_ = take_lock(path_);
  if (lock_ < 0) {
    path_ = data / "jobs" / fmt::format("{}-{}", job.id, job.attempts);
    lock_ = take_lock(path_);
  }
  if (lock_ < 0) fail(ErrorKind::io, "{} is in use by another process.", path_.string());
}

JobFolder::~JobFolder() {
  std::error_code ignored;
  if (done_) fs::remove_all(path_, ignored);
  ::close(lock_);
}

void JobFolder::bring(const FileStore& store, const CommandLine& line) const {
  std::error_code ignored;
  fs::remove_all(path_ / input_folder, ignored);
  fs::create_directories(path_ / output_folder, ignored);
  // What is kept from job to job lies beside the jobs' folders, and is seen within this one.
  const fs::path kept = path_ / kept_folder;
  fs::create_directories(path_ / ".." / ".." / kept_folder, ignored);
  fs::create_directory_symlink(fs::path("../..") / kept_folder, kept, ignored);
  const bool catalogued = fs::exists(path_ / kept_catalogue, ignored);
  for (const PlacedFile& file : line.inputs) {
    // Without a catalogue there is no place for its files, and the command says so itself.
    if (catalogued || !file.name.starts_with(kept_works))
      store.place(file.digest, path_ / file.name);
  }
}

std::vector<MadeFile> JobFolder::results(const Command& command) const {
  const fs::path out = path_ / output_folder;
  std::vector<MadeFile> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(out, error), end; it != end; ++it) {
    if (it->path().filename().string().starts_with('.')) {
      it.disable_recursion_pending();
      continue;
    }
    if (fs::symlink_status(it->path()).type() != fs::file_type::regular) continue;
    if (files.size() == most_results) {
      fail(ErrorKind::bad_input, "the job made more than {} files; ask for fewer.", most_results);
    }
    const std::string relative = it->path().lexically_relative(out).string();
    const Output* output = output_of(command, relative);
    if (output && !output->delivers(std::string_view(relative).substr(
                      std::min(relative.size(), output->name.size() + 1)))) {
      continue;
    }
    std::optional<FileType> type = type_of(it->path());
    if (!type) fail(ErrorKind::internal, "the job made {}, which is no known file.", relative);
    MadeFile file{
        output ? output->name : "", relative, it->path(),
        sha256_file(it->path()),    *type,    static_cast<std::int64_t>(fs::file_size(it->path()))};
    std::replace(file.file_name.begin(), file.file_name.end(), '/', '-');
    files.push_back(std::move(file));
  }
  std::sort(files.begin(), files.end(),
            [](const MadeFile& a, const MadeFile& b) { return a.path < b.path; });
  return files;
}

void sweep_job_folders(const fs::path& data, Queue& queue) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(data / "jobs", error)) {
    const std::string name = entry.path().filename().string();
    const std::optional<Job> job = queue.find(name.substr(0, name.find('-')));
    if (job && !has_ended(job->state)) continue;
    const int lock = take_lock(entry.path());
    if (lock < 0) continue;
    fs::remove_all(entry.path(), error);
    ::close(lock);
  }
}

}  // namespace atelier::studio
