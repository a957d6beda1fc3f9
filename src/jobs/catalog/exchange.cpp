// SPDX-License-Identifier: Apache-2.0
// Files that come and go: imports, exports, pages.
#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/jobs/catalog.hpp"
#include "atelier/provenance/identities.hpp"
#include "jobs/catalog/up_to_date.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;
using namespace catalogue;

Format format_for(const fs::path& file, const std::string& named) {
  return named.empty() ? format_of(file) : format_called(named);
}

void write_page(const std::string& page, const fs::path& output) {
  if (output.extension() != ".pdf") {
    write_file(output, page);
    return;
  }
  const TemporaryFolder aside;
  write_file(aside.path() / "page.html", page);
  print_to_pdf(aside.path() / "page.html", output);
}

}  // namespace

ImportReport import_to_catalog(const fs::path& folder, const fs::path& file,
                               const std::string& format, const fs::path& files_in,
                               const OnProgress& on_progress) {
  const Catalogue catalogue(folder);
  ImportReport report;
  {
    const Stopwatch watch(report.seconds);
    const fs::path beside = file.parent_path().empty() ? "." : file.parent_path();
    report.works = import_works(catalogue, file, format_for(file, format),
                                files_in.empty() ? beside : files_in, on_progress);
  }
  report.ledger = up_to_date(catalogue);
  return report;
}

std::size_t export_from_catalog(const fs::path& folder, const std::vector<std::string>& numbers,
                                const fs::path& output, const std::string& format) {
  const Catalogue catalogue(folder);
  const std::vector<std::string> which = numbers.empty() ? all_numbers(catalogue) : numbers;
  export_works(catalogue, which, output, format_for(output, format));
  return which.size();
}

void write_certificate(const fs::path& folder, const std::string& number, int copy,
                       const PageOptions& options, const std::string& identity,
                       const AskPassphrase& passphrase, const fs::path& output) {
  const Catalogue catalogue(folder);
  static_cast<void>(catalogue.row_of(number));  // before the passphrase is asked for
  std::optional<provenance::SigningKey> key;
  std::optional<Signer> signer;
  if (!identity.empty()) {
    key = provenance::Identities().unlock(identity, passphrase);
    signer = Signer{identity, &*key};
  }
  write_page(certificate_page(catalogue, number, copy, options, signer), output);
}

void write_catalogue_page(const fs::path& folder, const std::vector<std::string>& numbers,
                          const PageOptions& options, const fs::path& output) {
  const Catalogue catalogue(folder);
  write_page(catalogue_page(catalogue, numbers.empty() ? all_numbers(catalogue) : numbers, options),
             output);
}

Certificate verify_certificate(const fs::path& page) {
  constexpr std::uintmax_t limit = 256u << 20;
  return catalogue::verify_certificate(read_file(page, limit), page.filename().string());
}

}  // namespace atelier::jobs
