// SPDX-License-Identifier: Apache-2.0
#include "cli/passphrase.hpp"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "atelier/base/error.hpp"

namespace atelier::cli {
namespace {

using provenance::Secret;

constexpr const char* usual_variable = "ATELIER_PASSPHRASE";
constexpr char interrupt = 3, backspace = 8, erase = 127;  // as a terminal sends them

/// The terminal of this process, which shows nothing of what is typed while it lives.
class SilentTerminal {
 public:
  SilentTerminal() : terminal_(::open("/dev/tty", O_RDWR | O_CLOEXEC)) {
    termios silent{};
    if (terminal_ < 0 || ::tcgetattr(terminal_, &before_) != 0) return;
    silent = before_;
    // Also without signals: Ctrl-C must not leave a terminal that shows nothing.
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | ISIG);
    silent.c_cc[VMIN] = 1;
    silent.c_cc[VTIME] = 0;
    silent_ = ::tcsetattr(terminal_, TCSAFLUSH, &silent) == 0;
  }
  ~SilentTerminal() {
    if (silent_) ::tcsetattr(terminal_, TCSAFLUSH, &before_);
    if (terminal_ >= 0) ::close(terminal_);
  }
  SilentTerminal(const SilentTerminal&) = delete;
  SilentTerminal& operator=(const SilentTerminal&) = delete;

  [[nodiscard]] bool is_there() const { return silent_; }

  void show(std::string_view text) const {
    const ssize_t ignored = ::write(terminal_, text.data(), text.size());
    static_cast<void>(ignored);
  }

  Secret line() const {
    Secret typed(provenance::max_passphrase_bytes + 1);
    std::size_t size = 0;
    for (;;) {
      char c = 0;
      const ssize_t count = ::read(terminal_, &c, 1);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0 || c == '\n' || c == '\r') break;
      if (c == interrupt) {
        show("\n");
        fail(ErrorKind::cancelled, "stopped; no passphrase was given.");
      }
      if (c == backspace || c == erase) {
        if (size > 0) --size;
      } else if (size <= provenance::max_passphrase_bytes) {
        typed.data()[size++] = c;
      }
    }
    show("\n");
    typed.shorten(size);
    return typed;
  }

 private:
  int terminal_;
  termios before_{};
  bool silent_ = false;
};

Secret from_terminal(const std::string& prompt, bool is_new, const std::string& option) {
  const SilentTerminal terminal;
  if (!terminal.is_there()) {
    fail(ErrorKind::bad_input,
         "a passphrase is needed, and there is no terminal to ask; give a file with --{}file, or a "
         "variable with --{}env.",
         option, option);
  }
  terminal.show(prompt + ": ");
  Secret first = terminal.line();
  if (!is_new) return first;
  check_passphrase(first, "a passphrase");
  terminal.show("Once more: ");
  if (terminal.line().view() != first.view())
    fail(ErrorKind::bad_input, "the two passphrases are not the same; try again.");
  return first;
}

std::string option_of(const std::string& prefix) {
  return prefix + (prefix.empty() ? "" : "-") + "passphrase-";
}

}  // namespace

void add_passphrase_options(CLI::App& app, GivenPassphrase& given, const std::string& whose,
                            const std::string& prefix) {
  const std::string option = "--" + option_of(prefix);
  app.add_option(
         option + "file", given.file,
         "a file whose first line is the passphrase of " + whose + ", readable by you alone")
      ->type_name("FILE");
  app.add_option(option + "env", given.variable, "the environment variable that holds it")
      ->type_name("NAME");
}

jobs::AskPassphrase ask_passphrase(const GivenPassphrase& given, const std::string& prompt,
                                   bool is_new, const std::string& prefix) {
  const std::string option = option_of(prefix);
  if (!given.file.empty() && !given.variable.empty()) {
    fail(ErrorKind::invalid_argument,
         "--{}file and --{}env are two ways to say one thing; give one.", option, option);
  }
  return [given, prompt, is_new, option, prefix]() -> Secret {
    if (!given.file.empty()) return provenance::passphrase_from_file(given.file);
    if (!given.variable.empty()) return provenance::passphrase_from_environment(given.variable);
    if (prefix.empty() && std::getenv(usual_variable))
      return provenance::passphrase_from_environment(usual_variable);
    return from_terminal(prompt, is_new, option);
  };
}

}  // namespace atelier::cli
