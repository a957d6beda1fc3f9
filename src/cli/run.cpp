// SPDX-License-Identifier: Apache-2.0
#include "cli/run.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <new>
#include <string_view>

#include "atelier/base/error.hpp"
#include "atelier/jobs/version.hpp"
#include "cli/output.hpp"
#include "cli/progress_form.hpp"
#include "cli/signals.hpp"
#include "cli/usage_error.hpp"

namespace atelier::cli {
namespace {

int report_error(std::string_view message, int code) {
  std::string line = fmt::format("atelier: {}\n", message);
  // One line, whatever a library put into its message.
  for (char& c : line) c = c == '\n' && &c != &line.back() ? ' ' : c;
  std::fwrite(line.data(), 1, line.size(), stderr);
  return code;
}

/// Whether nobody reads from stdout any more.
bool reader_is_gone() {
  pollfd out{STDOUT_FILENO, 0, 0};
  return ::poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

/// Whether all results reached stdout. A reader who closed the pipe (`| head`) has what he wanted.
int flush_results(int code) {
  errno = 0;
  const bool failed = std::fflush(stdout) != 0 || std::ferror(stdout) != 0;
  // What failed before, with more than one buffer to write, has left no errno.
  if (!failed || errno == EPIPE || reader_is_gone()) return code;
  const std::string reason = errno != 0 ? fmt::format(" ({})", std::strerror(errno)) : "";
  return report_error(fmt::format("standard output cannot be written{}.", reason),
                      exit_code(ErrorKind::io));
}

int report_exception(const std::exception& error) {
  std::string_view what = error.what();
  if (what.find("not enough memory") != what.npos || what.find("out of memory") != what.npos) {
    return report_error("memory ran out; use a smaller --size.",
                        exit_code(ErrorKind::out_of_memory));
  }
  what = what.substr(0, what.find('\n'));
  return report_error(fmt::format("internal error: {}", what), exit_code(ErrorKind::internal));
}

int parse_and_act(CLI::App& app, Action& action, int argc, const char* const* argv) {
  if (argc < 2) {
    print_line("{}", app.help());
    return 0;
  }
  const std::string word = argv[1];
  if (!word.starts_with('-') && !find_command(app, word)) {
    return report_error(unknown_command_message(app, word), exit_code(ErrorKind::invalid_argument));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& wanted) {  // --help, --version
    return app.exit(wanted) == 0 ? 0 : 1;
  } catch (const CLI::ParseError& error) {
    return report_error(usage_message(app, error), exit_code(ErrorKind::invalid_argument));
  }
  return action();
}

}  // namespace

CommandLine::CommandLine(const AddCommands& add)
    : app_("Atelier: an art studio on neural networks.", "atelier") {
  app_.set_version_flag("--version", fmt::format("atelier {}", jobs::version()),
                        "print the version");
  app_.add_option_function<std::string>(
          "--progress",
          [](const std::string& form) {
            set_progress_form(form == "json" ? ProgressForm::json : ProgressForm::people);
          },
          "json: progress on stderr as JSON lines, for programs; stands before the command")
      ->type_name("people|json")
      ->check(CLI::IsMember({"people", "json"}));
  app_.get_formatter()->column_width(44);
  app_.require_subcommand(1);
  app_.footer("`atelier COMMAND --help` shows a command's options.");
  add(app_, action_);
}

int CommandLine::run(int argc, const char* const* argv) {
  ignore_broken_pipes();
  return flush_results(parse_and_act(app_, action_, argc, argv));
}

int with_exit_code(const std::function<int()>& act) {
  try {
    return act();
  } catch (const Error& error) {
    return report_error(error.what(), exit_code(error.kind()));
  } catch (const std::bad_alloc&) {
    return report_error("memory ran out; use a smaller --size.",
                        exit_code(ErrorKind::out_of_memory));
  } catch (const std::exception& error) {
    return report_exception(error);
  }
}

}  // namespace atelier::cli
