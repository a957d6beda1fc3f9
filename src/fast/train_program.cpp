// SPDX-License-Identifier: Apache-2.0
// atelier_train_fast PHOTOS PAINTINGS FOLDER [--OPTION VALUE]...
//
// Training where there is no image library (ATELIER_CORE): the same run as `atelier train fast`, of
// packed sets, without previews. Prints the log as JSON lines. `--from MODEL` begins from a model.
#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/base/error.hpp"
#include "atelier/fast/train.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/train/picture_set.hpp"

namespace {

using namespace atelier;

std::stop_source& stop_source() {
  static std::stop_source source;
  return source;
}

void set_option(fast::FastTraining& training, std::string_view word, std::string_view value) {
  if (!word.starts_with("--")) {
    fail(ErrorKind::invalid_argument, "'{}' is no option; options begin with --.", word);
  }
  const std::string_view name = word.substr(2);
  if (name == "from") {
    training.initial = value;
  } else if (const auto* entry = train::train_option_table().find(name)) {
    entry->parse(training.train, value);
  } else if (const auto* own = fast::fast_option_table().find(name)) {
    own->parse(training.fast, value);
  } else {
    fail(ErrorKind::invalid_argument, "there is no option --{}.", name);
  }
}

int run(const std::vector<std::string>& words) {
  if (words.size() < 3 || words.size() % 2 == 0) {
    fail(ErrorKind::invalid_argument,
         "atelier_train_fast takes PHOTOS PAINTINGS FOLDER [--OPTION VALUE]...");
  }
  fast::FastTraining training;
  training.folder = words[2];
  for (std::size_t i = 3; i < words.size(); i += 2) set_option(training, words[i], words[i + 1]);
  const train::PictureSet photos(words[0]), paintings(words[1]);
  train::RunListeners listeners;
  listeners.on_log = [](const nlohmann::ordered_json& line) {
    std::printf("%s\n", line.dump().c_str());
    std::fflush(stdout);
  };
  stop_source();
  std::signal(SIGINT, [](int) { stop_source().request_stop(); });
  std::signal(SIGTERM, [](int) { stop_source().request_stop(); });
  const auto report = fast::train_fast(nets::FeatureNet::load("vgg19"), photos, paintings, training,
                                       listeners, stop_source().get_token());
  return report.stopped ? exit_code(ErrorKind::cancelled) : 0;
}

}  // namespace

int main(int count, char** words) {
  try {
    return run({words + 1, words + count});
  } catch (const Error& error) {
    std::fprintf(stderr, "atelier_train_fast: %s\n", error.what());
    return exit_code(error.kind());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "atelier_train_fast: internal error: %s\n", error.what());
    return 1;
  }
}
