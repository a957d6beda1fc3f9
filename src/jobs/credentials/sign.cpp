// SPDX-License-Identifier: Apache-2.0
#include <ctime>
#include <optional>

#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/jobs/credentials.hpp"
#include "atelier/jobs/version.hpp"
#include "atelier/provenance/credential.hpp"
#include "atelier/provenance/identities.hpp"
#include "jobs/credentials/library.hpp"
#include "jobs/credentials/marked_copy.hpp"
#include "jobs/credentials/statement.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;
using provenance::Ingredient;
using provenance::Statement;
using provenance::Verification;

constexpr const char* by_recipe = "recipe";

std::vector<std::string> source_type_words() {
  std::vector<std::string> words{by_recipe};
  for (const provenance::SourceType& type : provenance::source_types())
    words.emplace_back(type.word);
  return words;
}

/// The file as a work that was opened, with its own credential if it has one.
Statement opened(const fs::path& file) {
  Statement said;
  said.ingredients.push_back(
      {Ingredient::Relation::parent, file.filename().string(), sha256_file(file), file, false});
  said.deeds.push_back({"c2pa.opened", "", "", {0}});
  return said;
}

/// The file as a work that was made so, as the signer declares.
Statement declared(const provenance::SourceType& type) {
  Statement said;
  said.deeds.push_back({"c2pa.created",
                        std::string(type.sentence) + ", as the signer declares",
                        std::string(type.code),
                        {}});
  return said;
}

}  // namespace

struct Signer::State {
  std::string identity;
  StatementOptions options;
  provenance::CredentialLibrary library;
  provenance::CertificateChain certificates;
  provenance::SigningKey key;

  /// Whether the file itself holds a credential, whole or broken.
  [[nodiscard]] bool has_credential(const fs::path& file) const {
    const Verification found = provenance::verify_file(library, file, std::nullopt, {});
    return found.state != Verification::State::none && found.sidecar.empty();
  }

  [[nodiscard]] Statement statement(const fs::path& file,
                                    const std::vector<fs::path>& at_hand) const {
    if (has_credential(file)) return opened(file);
    const WorksAtHand works(file, at_hand);
    Statement said = statement_of(carried_recipe(file), works);
    if (options.source_type != by_recipe) {
      if (!said.deeds.empty()) {
        fail(
            ErrorKind::invalid_argument,
            "{} carries the recipe by which it was made, and --source-type {} would say otherwise; "
            "leave it out.",
            file.string(), options.source_type);
      }
      return declared(*provenance::find_source_type(options.source_type));
    }
    return said.deeds.empty() ? opened(file) : said;
  }
};

const OptionTable<StatementOptions>& statement_option_table() {
  using O = StatementOptions;
  static const OptionTable<O> table{
      {&O::author,
       {"author", "Credential", "who made the work, as it is to be named", "", {}, {}, {}, {}}},
      {&O::licence,
       {"licence",
        "Credential",
        "under which others may use it: an SPDX identifier such as CC-BY-4.0, an address or words",
        "",
        {},
        {},
        {},
        {}}},
      {&O::title,
       {"title", "Credential", "the work's title; its file's name if not", "", {}, {}, {}, {}}},
      {&O::source_type,
       {"source-type",
        "Credential",
        "how a work without a recipe was made, in IPTC's words; recipe: as its recipe says, or "
        "nothing",
        "",
        {},
        {},
        source_type_words(),
        {}}},
  };
  return table;
}

Signer::Signer(const std::string& identity, const StatementOptions& options,
               const AskPassphrase& passphrase) {
  provenance::CredentialLibrary library = open_credential_library();
  const provenance::Identities identities;
  provenance::CertificateChain certificates = identities.certificates(identity);
  certificates.check_time(std::time(nullptr), identity);
  state_ = std::make_unique<const State>(State{identity, options, std::move(library),
                                               std::move(certificates),
                                               identities.unlock(identity, passphrase)});
}

Signer::~Signer() = default;

SignReport Signer::sign(const fs::path& file, const fs::path& output,
                        const std::vector<fs::path>& at_hand) const {
  Statement said = state_->statement(file, at_hand);
  const StatementOptions& options = state_->options;
  const bool beside = output == provenance::sidecar_of(output);
  said.title =
      !options.title.empty() ? options.title : (beside ? file : output).filename().string();
  said.program_version = version();
  said.author = options.author;
  said.licence = options.licence;
  said.no_training = options.no_training;
  said.time = std::time(nullptr);
  std::optional<MarkedCopy> marked;
  if (options.mark) {
    marked.emplace(file, output);
    said.deeds.push_back({"c2pa.watermarked.unbound", "an invisible mark was added", "", {}});
  }
  const std::string credential =
      provenance::sign_file(state_->library, marked ? marked->file() : file, output, said,
                            {state_->key, state_->certificates});
  const std::string signer = state_->certificates.subject().name;
  if (marked) marked->keep(credential, output, options.author.empty() ? signer : options.author);

  SignReport report{.output = output,
                    .beside = beside,
                    .identity = state_->identity,
                    .signer = signer,
                    .deeds = {},
                    .marked = marked.has_value()};
  for (const provenance::Deed& deed : said.deeds) report.deeds.push_back(deed.action);
  report.ingredients = said.ingredients.size();
  for (const Ingredient& ingredient : said.ingredients) report.at_hand += !ingredient.file.empty();
  return report;
}

SignReport Signer::sign_output(const fs::path& file, const std::vector<fs::path>& at_hand) const {
  const bool inside = provenance::holds_credential(state_->library, file);
  return sign(file, inside ? file : provenance::sidecar_of(file), at_hand);
}

nlohmann::json to_json(const SignReport& report) {
  return {{"output", report.output.string()},
          {"beside", report.beside},
          {"identity", report.identity},
          {"signer", report.signer},
          {"actions", report.deeds},
          {"ingredients", report.ingredients},
          {"ingredients_at_hand", report.at_hand},
          {"marked", report.marked}};
}

}  // namespace atelier::jobs
