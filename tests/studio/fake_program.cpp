// SPDX-License-Identifier: Apache-2.0
// Stands in for the program where what matters is how it is run: takes the words that a worker
// gives it for the command "act" (act_command.hpp), says progress, shows previews, and ends as it
// is told to.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <thread>

namespace {

volatile std::sig_atomic_t asked_to_stop = 0;

void write_file(const std::string& path, const std::string& content) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) std::exit(1);
  std::fwrite(content.data(), 1, content.size(), file);
  std::fclose(file);
}

/// It appears at once.
void replace_file(const std::string& path, const std::string& content) {
  write_file(path + ".part", content);
  std::rename((path + ".part").c_str(), path.c_str());
}

/// Nothing of a file that is not there.
std::string read_file(const std::string& path) {
  std::string content;
  if (std::FILE* file = std::fopen(path.c_str(), "rb")) {
    char piece[4096];
    while (const std::size_t count = std::fread(piece, 1, sizeof piece, file))
      content.append(piece, count);
    std::fclose(file);
  }
  return content;
}

}  // namespace

int main(int argc, char** argv) {
  std::map<std::string, std::string> given;
  std::string output, words, last;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    words += word + "\n";
    last = word;
    if (word == "-o" && i + 1 < argc) {
      output = argv[++i];
      continue;
    }
    const auto equals = word.find('=');
    if (word.rfind("--", 0) == 0) {
      given[word.substr(2, equals == word.npos ? word.npos : equals - 2)] =
          equals == word.npos ? "" : word.substr(equals + 1);
    }
  }
  const auto number = [&](const char* name, int otherwise) {
    return given.count(name) ? std::atoi(given[name].c_str()) : otherwise;
  };
  if (given.count("stubborn")) std::signal(SIGTERM, SIG_IGN);
  std::fprintf(stderr, "this is the log\n");
  const int steps = number("steps", 1);
  const bool keeps = given.count("checkpoint") > 0;
  if (keeps) std::signal(SIGTERM, [](int) { asked_to_stop = 1; });
  const std::string checkpoint = keeps ? given["checkpoint"] : "";
  const int done = !keeps ? 0 : std::atoi(read_file(checkpoint).c_str());
  const std::string log = checkpoint.substr(0, checkpoint.rfind('/') + 1) + "log.jsonl";
  std::string logged = done > 0 ? read_file(log) : "";
  if (done > 0) std::fprintf(stderr, "goes on after step %d, %zu logged\n", done, logged.size());
  for (int step = done + 1; step <= steps; ++step) {
    std::fprintf(stderr,
                 "{\"stage\":\"acting\",\"done\":%d,\"total\":%d,\"seconds\":%d,\"remaining\":-1,"
                 "\"values\":{\"loss\":%g}}\n",
                 step, steps, step, 1.0 / step);
    if (given.count("preview"))
      replace_file(given["preview"], "\xff\xd8\xff preview " + std::to_string(step));
    if (keeps) {
      write_file(log, logged += '.');
      replace_file(checkpoint, std::to_string(step));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(number("pause", 0)));
    if (asked_to_stop) {
      if (given["end"] == "link") return 130;
      write_file(output, "as far as step " + std::to_string(step) + "\n");
      return 130;
    }
  }
  if (keeps) std::remove(checkpoint.c_str());
  const std::string& end = given["end"];
  if (end == "crash") std::abort();
  if (end == "refuse") {
    std::fprintf(stderr, "atelier: it cannot be done; ask for less.\n");
    return 2;
  }
  if (end == "lack") {
    std::fprintf(stderr, "atelier: its weights are missing; fetch them.\n");
    return 3;
  }
  if (end == "text") {
    std::fprintf(stderr, "{\"text\":\"first \"}\n{\"text\":\"last\"}\n");
  }
  if (end == "link") {
    std::remove(output.c_str());
    if (std::system(("ln -s /etc/passwd " + output).c_str()) != 0) return 1;
  } else if (std::strcmp(argv[2], "whisper") == 0) {
    const std::size_t heard = read_file(given["passphrase-file"]).size();
    const std::string lines = read_file(last) + "line\n";
    write_file(last, lines);
    write_file(output, "heard " + std::to_string(heard) + ", kept " +
                           std::to_string(lines.size() / 5) + "\n");
  } else if (!output.empty()) {
    write_file(output, "seed " + given["seed"] + "\n");
  }
  std::printf(
      "{\"output\": \"%s\", \"model\": \"/home/somebody/model\", \"input\": \"in/file-1.txt\"}\n",
      output.c_str());
  return end == "finding" ? 4 : 0;
}
