// SPDX-License-Identifier: Apache-2.0
#include "atelier/music/engrave.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/subprocess.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/music/abc.hpp"

namespace atelier::music {
namespace {

constexpr ProcessLimits limits{
    .seconds = 60, .memory_bytes = std::int64_t{1} << 30, .file_bytes = std::int64_t{64} << 20};

/// Runs a program of a Debian package.
void run(const char* program, const char* package, std::vector<std::string> arguments) {
  const auto path = find_program(program);
  if (!path)
    fail(ErrorKind::missing_capability,
         "there is no {} on this machine to engrave with; bring it: apt install {}.", program,
         package);
  arguments.insert(arguments.begin(), path->string());
  const ProcessResult result = run_process(arguments, limits);
  if (result.status == 0) return;
  fail(ErrorKind::missing_capability, "{} could not engrave the score (status {}{}: {}).", program,
       result.status, result.timed_out ? ", out of time" : "", last_line(result.output));
}

}  // namespace

void engrave(const Score& score, const std::filesystem::path& path) {
  const std::string suffix = path.extension().string();
  if (suffix != ".svg" && suffix != ".pdf")
    fail(ErrorKind::invalid_argument, "sheet music is not written as {}; use .svg or .pdf.",
         path.string());
  const TemporaryFolder folder;
  const auto in = [&](const char* name) { return (folder.path() / name).string(); };
  write_file(in("score.abc"), write_abc(score));
  std::string made;
  if (suffix == ".svg") {
    run("abcm2ps", "abcm2ps", {"-g", "-O", in("sheet.svg"), in("score.abc")});
    made = in("sheet001.svg");  // one file a tune
  } else {
    run("abcm2ps", "abcm2ps", {"-O", in("sheet.ps"), in("score.abc")});
    run("ps2pdf", "ghostscript", {in("sheet.ps"), in("sheet.pdf")});
    made = in("sheet.pdf");
  }
  write_file(path, read_file(made, static_cast<std::uintmax_t>(limits.file_bytes)));
}

}  // namespace atelier::music
