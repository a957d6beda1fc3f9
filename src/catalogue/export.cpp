// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <fstream>

#include "atelier/base/atomic_file.hpp"
#include "atelier/catalogue/exchange.hpp"
#include "catalogue/exchange.hpp"

namespace atelier::catalogue {
namespace {

Writer writer_of(const Catalogue& catalogue, Format format) {
  switch (format) {
    case Format::csv:
      return csv_writer();
    case Format::linked_art:
      return linked_art_writer(catalogue.setting("name"));
    default:
      return dublin_core_writer();
  }
}

}  // namespace

void export_works(const Catalogue& catalogue, const std::vector<std::string>& numbers,
                  const std::filesystem::path& output, Format format) {
  const Writer writer = writer_of(catalogue, format);
  AtomicFile file(output);
  std::ofstream stream(file.path(), std::ios::binary);
  stream << writer.begin;
  for (const std::string& number : numbers) {
    if (&number != &numbers.front()) stream << writer.between;
    stream << writer.work({work(catalogue, number), files_of(catalogue, number)});
  }
  stream << writer.end;
  stream.close();
  if (!stream) fail_writing(output, errno);
  file.commit();
}

std::vector<std::string> all_numbers(const Catalogue& catalogue) {
  store::Statement row = catalogue.database().prepare("SELECT number FROM works ORDER BY id");
  std::vector<std::string> numbers;
  while (row.step()) numbers.push_back(row.text(0));
  return numbers;
}

}  // namespace atelier::catalogue
