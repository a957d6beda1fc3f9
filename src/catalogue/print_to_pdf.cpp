// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/subprocess.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/catalogue/pages.hpp"

namespace atelier::catalogue {
namespace {

namespace fs = std::filesystem;

fs::path browser() {
  for (const char* name :
       {"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}) {
    if (const auto found = find_program(name)) return *found;
  }
  fail(ErrorKind::missing_capability,
       "there is no Chromium to print with; install it with `apt-get install chromium`, or print "
       "the page from "
       "any browser.");
}

}  // namespace

void print_to_pdf(const fs::path& page, const fs::path& output) {
  const fs::path program = browser();
  const TemporaryFolder aside;
  // A copy under a plain name, since signs in a path mean something in an address.
  const fs::path copy = aside.path() / "page.html", printed = aside.path() / "page.pdf";
  std::error_code error;
  fs::copy_file(page, copy, error);
  if (error) fail(ErrorKind::bad_input, "{} cannot be read.", page.string());
  std::vector<std::string> command{program.string(),
                                   "--headless",
                                   "--disable-gpu",
                                   "--no-pdf-header-footer",
                                   "--disable-extensions",
                                   "--no-first-run",
                                   "--user-data-dir=" + (aside.path() / "profile").string(),
                                   "--print-to-pdf=" + printed.string()};
  // Chromium has no sandbox for the superuser; a page of ours runs nothing.
  if (::geteuid() == 0) command.emplace_back("--no-sandbox");
  command.push_back("file://" + copy.string());
  const ProcessResult result = run_process(command, {.seconds = 180});
  if (!fs::exists(printed)) {
    fail(ErrorKind::io, "{} did not print {}: {}", program.string(), page.string(),
         last_line(result.output));
  }
  constexpr std::uintmax_t limit = std::uintmax_t{1} << 30;
  write_file(output, read_file(printed, limit));
}

}  // namespace atelier::catalogue
