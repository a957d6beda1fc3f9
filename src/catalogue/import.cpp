// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/catalogue/exchange.hpp"
#include "catalogue/exchange.hpp"
#include "catalogue/record.hpp"
#include "catalogue/text_limits.hpp"

namespace atelier::catalogue {
namespace {

namespace fs = std::filesystem;

bool lies_within(const fs::path& file, const fs::path& folder) {
  const fs::path relative = file.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

/// A file that a record names, which must lie in the folder: named from there or, as an export
/// names it, from the catalogue's folder or absolutely.
fs::path file_within(const fs::path& folder, const fs::path& catalogue, const std::string& named) {
  const fs::path given(named);
  std::error_code error;
  const fs::path home = fs::canonical(folder, error);
  bool leads_out =
      std::any_of(given.begin(), given.end(), [](const fs::path& part) { return part == ".."; }) ||
      (given.is_absolute() && !lies_within(given.lexically_normal(), home));
  for (const fs::path& from : {folder, catalogue}) {
    if (leads_out) break;
    const fs::path whole = fs::canonical(from / given, error);
    if (error) continue;
    if (lies_within(whole, home)) return whole;
    leads_out = from == folder;  // by a link
  }
  if (leads_out) {
    fail(ErrorKind::bad_input, "the file '{}' leads out of {}; files are taken from there alone.",
         shown(named), folder.string());
  }
  fail(ErrorKind::bad_input, "there is no file '{}' in {}; put it there, or leave it out.",
       shown(named), folder.string());
}

class Import {
 public:
  Import(const Catalogue& catalogue, fs::path files_in, const OnProgress& on_progress)
      : catalogue_(catalogue), files_in_(std::move(files_in)), on_progress_(on_progress) {}

  void take(const Record& record) {
    if (count_ == max_imported_works) {
      fail(ErrorKind::bad_input, "there are more than {} works; import them in parts.",
           max_imported_works);
    }
    std::vector<WorkFile> files;
    for (const std::string& named : record.files)
      files.push_back(
          read_work_file(catalogue_, file_within(files_in_, catalogue_.folder(), named)));
    insert_work(catalogue_, record.work, files);
    ++count_;
    constexpr std::int64_t often = 500;
    if (!on_progress_ || count_ % often != 0) return;
    on_progress_({.stage = "import",
                  .done = count_,
                  .total = 0,
                  .seconds = watch_.elapsed(),
                  .remaining = -1,
                  .values = {}});
  }

  [[nodiscard]] std::int64_t count() const { return count_; }

 private:
  const Catalogue& catalogue_;
  fs::path files_in_;
  const OnProgress& on_progress_;
  std::int64_t count_ = 0;
  double seconds_ = 0;
  Stopwatch watch_{seconds_};
};

}  // namespace

Format format_called(std::string_view name) {
  if (name == "csv") return Format::csv;
  if (name == "linked-art") return Format::linked_art;
  if (name == "dublin-core") return Format::dublin_core;
  fail(ErrorKind::invalid_argument, "'{}' is no format; there are csv, linked-art and dublin-core.",
       name);
}

Format format_of(const fs::path& file) {
  const std::string suffix = file.extension().string();
  if (suffix == ".csv") return Format::csv;
  if (suffix == ".json" || suffix == ".jsonld") return Format::linked_art;
  if (suffix == ".xml") return Format::dublin_core;
  fail(ErrorKind::invalid_argument,
       "{} does not tell its format by .csv, .json or .xml; give one with --format.",
       file.string());
}

std::int64_t import_works(const Catalogue& catalogue, const fs::path& file, Format format,
                          const fs::path& files_in, const OnProgress& on_progress) {
  const std::string what = shown(file.filename().string());
  const std::string text = read_file(file, max_import_bytes);
  Import import(catalogue, files_in, on_progress);
  const TakeRecord take = [&](Record& record) {
    try {
      import.take(record);
    } catch (const Error& error) {
      throw Error(error.kind(), fmt::format("{}, {}: {}", what, record.place, error.what()));
    }
  };
  store::Transaction transaction(catalogue.database());
  switch (format) {
    case Format::csv:
      read_csv(text, what, take);
      break;
    case Format::linked_art:
      read_linked_art(text, what, take);
      break;
    case Format::dublin_core:
      read_dublin_core(text, what, take);
      break;
  }
  transaction.commit();
  // So that questions are answered by the best index, however many works there are now.
  if (import.count() > 0) catalogue.database().run("ANALYZE");
  return import.count();
}

}  // namespace atelier::catalogue
