// SPDX-License-Identifier: Apache-2.0
#include "jobs/output_paths.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <tuple>

#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "jobs/one_pass.hpp"
#include "jobs/option_files.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

struct NamedPath {
  std::string name;  // "the content", "--preview"
  fs::path path;
};

bool same_file(const fs::path& a, const fs::path& b) {
  std::error_code error;
  if (fs::equivalent(a, b, error)) return true;
  return fs::weakly_canonical(a, error) == fs::weakly_canonical(b, error);
}

/// For files that are no pictures, as image::check_output is for those.
void check_plain_output(const NamedPath& file) {
  std::error_code error;
  if (fs::is_directory(file.path, error)) {
    fail(ErrorKind::invalid_argument, "{} {} is a folder; name a file in it.", file.name,
         file.path.string());
  }
  const fs::path folder = file.path.has_parent_path() ? file.path.parent_path() : fs::path(".");
  if (!fs::is_directory(folder, error)) {
    fail(ErrorKind::io, "the folder of {} {} does not exist; make it first.", file.name,
         file.path.string());
  }
  const bool exists = fs::exists(file.path, error);
  if (::access(exists ? file.path.c_str() : folder.c_str(), W_OK) != 0) {
    fail(ErrorKind::io, "{} {} cannot be written ({}); choose another place.", file.name,
         file.path.string(), std::strerror(errno));
  }
}

}  // namespace

bool init_is_file(const style::StylizeOptions& options) {
  return options.init != "content" && options.init != "noise" && options.init != "style-stats" &&
         !begins_in_one_pass(options);
}

void check_paths(const StylizeRequest& request, Output kind) {
  const StylizeExtras& extras = request.extras;
  if (extras.preview.empty() && extras.preview_every != StylizeExtras{}.preview_every) {
    fail(ErrorKind::invalid_argument,
         "--preview-every {} has no preview to write; name one with --preview.",
         extras.preview_every);
  }
  for (const auto& [name, value, otherwise] :
       {std::tuple{"checkpoint-every", fmt::format("{}", extras.checkpoint_every),
                   fmt::format("{}", StylizeExtras{}.checkpoint_every)},
        {"checkpoint-unfit", extras.checkpoint_unfit, StylizeExtras{}.checkpoint_unfit}}) {
    if (!extras.checkpoint.empty() || value == otherwise) continue;
    fail(ErrorKind::invalid_argument,
         "--{} {} has no checkpoint to say it of; name one with --checkpoint.", name, value);
  }
  if (kind == Output::film && !extras.checkpoint.empty()) {
    fail(
        ErrorKind::invalid_argument,
        "--checkpoint {} is for a single picture: a film keeps its frames by itself, and --animate "
        "begins anew; leave it out.",
        extras.checkpoint);
  }
  std::vector<NamedPath> taken{{"the content", request.content}};
  for (const fs::path& style : request.styles) taken.push_back({"a style", style});
  if (init_is_file(request.options)) taken.push_back({"--init", request.options.init});
  style::StylizeOptions options = request.options;
  for (const auto& [option, path] : option_files(options)) taken.push_back({option, *path});

  std::vector<NamedPath> outputs{{"the output", request.output}};
  if (!extras.preview.empty()) outputs.push_back({"--preview", extras.preview});
  if (!extras.trace.empty()) outputs.push_back({"--trace", extras.trace});
  if (!extras.plot.empty()) outputs.push_back({"--plot", extras.plot});
  if (!extras.checkpoint.empty()) outputs.push_back({"--checkpoint", extras.checkpoint});
  for (const NamedPath& output : outputs) {
    for (const NamedPath& other : taken) {
      if (!same_file(output.path, other.path)) continue;
      fail(ErrorKind::invalid_argument, "{} and {} are the same file, {}; give {} another name.",
           output.name, other.name, output.path.string(), output.name);
    }
    taken.push_back(output);
  }
  if (kind == Output::picture) image::check_output(request.output);
  if (!extras.preview.empty()) image::check_output(extras.preview);
  for (const NamedPath& output : outputs) {
    if (output.name == "--trace" || output.name == "--plot" || output.name == "--checkpoint")
      check_plain_output(output);
  }
}

}  // namespace atelier::jobs
