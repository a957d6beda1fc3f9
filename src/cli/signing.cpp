// SPDX-License-Identifier: Apache-2.0
#include "cli/signing.hpp"

#include "atelier/base/error.hpp"

namespace atelier::cli {

void add_statement_options(CLI::App& app, GivenSigning& given,
                           const std::vector<std::string>& names) {
  add_table_options(app, given.statement, jobs::statement_option_table(), names);
  app.add_flag("--no-training", given.no_training,
               "not for training models, and not for mining texts and data")
      ->group("Credential");
  app.add_flag("--mark", given.mark,
               "add an invisible mark to a picture, by which `verify` finds copies of it here")
      ->group("Credential");
  add_passphrase_options(app, given.passphrase, "the identity");
}

void add_signing_options(CLI::App& app, GivenSigning& given) {
  app.add_option("--sign", given.identity,
                 "sign what is made: content credentials by this identity, as `atelier sign` does")
      ->type_name("NAME")
      ->group("Credential");
  add_statement_options(app, given, {"author", "licence", "title"});
}

std::unique_ptr<jobs::Signer> open_signer(const GivenSigning& given) {
  if (given.identity.empty()) {
    if (!given.statement.empty() || given.no_training || given.mark) {
      fail(ErrorKind::invalid_argument,
           "--{} is said in a signed credential; name who signs with --sign.",
           given.no_training ? "no-training"
           : given.mark      ? "mark"
                             : given.statement.begin()->first);
    }
    return nullptr;
  }
  jobs::StatementOptions options;
  apply_options(jobs::statement_option_table(), given.statement, options);
  options.no_training = given.no_training;
  options.mark = given.mark;
  return std::make_unique<jobs::Signer>(
      given.identity, options,
      ask_passphrase(given.passphrase, "Passphrase of " + given.identity, false));
}

void sign_made(const jobs::Signer* signer, const std::filesystem::path& work,
               const std::vector<std::filesystem::path>& at_hand) {
  if (!signer) return;
  try {
    static_cast<void>(signer->sign_output(work, at_hand));
  } catch (const Error& error) {
    fail(error.kind(), "{} was made and is there, without a credential: {}", work.string(),
         error.what());
  }
}

}  // namespace atelier::cli
