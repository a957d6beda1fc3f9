// SPDX-License-Identifier: Apache-2.0
// studio_client ADDRESS TOKEN_FILE COMMAND RESULT [NAME=@FILE | NAME=VALUE]...
//
//   studio_client http://127.0.0.1:8080 studio/token stylize painted.png
//     content=@photo.jpg styles=@painting.jpg preset=draft
//
// Sends the files, submits the job, says how far it is, and fetches the first file that it made.
// ATELIER_AUTHORITIES names a PEM file to trust in place of the system's certificates;
// ATELIER_KEY, where it is set, is the request's idempotency key.
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <string>

#include "client.hpp"

namespace {

using nlohmann::json;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::string first_line(const std::string& file) {
  std::string line;
  if (!std::getline(std::ifstream(file) >> std::ws, line))
    throw studio_client::Refused(0, file + " holds no token; name the file `token` of its folder.");
  return line;
}

/// Adds NAME=@FILE, or NAME=VALUE where the value may be JSON, to a request. What the command calls
/// an input is one, the rest are options; an input that is said twice has two files.
void add(const studio_client::Client& client, const json& inputs, const std::string& word,
         json& request) {
  const std::size_t equals = word.find('=');
  if (equals == word.npos || equals == 0)
    throw studio_client::Refused(0, "'" + word + "' is neither NAME=@FILE nor NAME=VALUE.");
  const std::string name = word.substr(0, equals), value = word.substr(equals + 1);
  if (inputs.contains(name)) {
    request["inputs"][name].push_back(value.starts_with('@') ? client.upload(value.substr(1))
                                                             : value);
    return;
  }
  const json read = json::parse(value, nullptr, false);
  request["options"][name] = read.is_discarded() ? json(value) : read;
}

void show(const json& job) {
  std::cerr << job.at("state").get<std::string>();
  if (const json& progress = job.at("progress"); progress.is_object()) {
    std::cerr << ' ' << progress.at("stage").get<std::string>() << ' ' << progress.at("done") << '/'
              << progress.at("total");
  }
  std::cerr << '\n';
}

int run(int argc, char** argv) {
  if (argc < 5) {
    std::cerr << "studio_client ADDRESS TOKEN_FILE COMMAND RESULT [NAME=@FILE | NAME=VALUE]...\n";
    return 2;
  }
  const std::string command = argv[3], result = argv[4];
  const studio_client::Client client(argv[1], first_line(argv[2]),
                                     environment("ATELIER_AUTHORITIES"));
  json inputs = json::object(), request{{"command", command}};
  const json description = client.get("/commands/" + command);
  for (const json& input : description.at("inputs")) inputs[input.at("name")] = true;
  for (int i = 5; i < argc; ++i) add(client, inputs, argv[i], request);
  const std::string given = environment("ATELIER_KEY");
  const json made = client.submit(request, given.empty() ? studio_client::new_key() : given);
  const json job = client.follow(made.at("id"), show);
  if (job.at("state") != "done") {
    const json& error = job.at("error");
    throw studio_client::Refused(0, error.is_object() ? error.at("detail").get<std::string>()
                                                      : job.at("state").get<std::string>());
  }
  if (job.at("outputs").empty()) {
    std::cout << job.at("report").dump(2) << '\n';
    return 0;
  }
  client.download(job.at("outputs").at(0).at("digest"), result);
  std::cout << result << '\n';
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "studio_client: " << error.what() << '\n';
    return 1;
  }
}
