// SPDX-License-Identifier: Apache-2.0
#include "jobs/credentials/statement.hpp"

#include <fmt/format.h>

#include "atelier/base/digest.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using provenance::Ingredient;
using provenance::Statement;

constexpr const char* trained = "trainedAlgorithmicMedia";
constexpr const char* with_trained = "compositeWithTrainedAlgorithmicMedia";

std::string name_in(const std::string& path) {
  const std::string name = fs::path(path).filename().string();
  return name.empty() ? path : name;
}

/// Paths become names: nobody needs to know the folders of the machine.
json without_folders(const json& value) {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    return text.find('/') == text.npos ? value : json(name_in(text));
  }
  if (!value.is_structured()) return value;
  json result = value;
  for (json& member : result) member = without_folders(member);
  return result;
}

class Reader {
 public:
  Reader(const json& recipe, const WorksAtHand& works) : recipe_(recipe), works_(works) {}

  Statement read() {
    const std::string command = recipe_.value("command", "");
    if (command == "stylize") {
      stylized();
    } else if (command == "translate") {
      translated();
    } else if (command == "generate" || command == "breed" || command == "invert") {
      grown(command);
    } else if (command == "palette apply") {
      changed("c2pa.color_adjustments", "its colours were moved to those of a palette");
      add(recipe_.at("palette"), Ingredient::Relation::input, "a palette");
    } else if (command == "frame") {
      changed("c2pa.cropped", "cut to a better composition");
    } else {
      return {};
    }
    json kept = recipe_;
    kept.erase("family");  // the numbers that it grew from are long, and in the file's own recipe
    said_.recipe = without_folders(kept);
    return said_;
  }

 private:
  /// Returns its place.
  std::size_t add(const json& recorded, Ingredient::Relation relation, const char* unnamed) {
    const std::string path = recorded.value("path", ""), digest = recorded.value("sha256", "");
    const std::optional<fs::path> file = works_.by_digest(digest, path);
    const std::string name = path.empty() && file ? file->string() : path;
    said_.ingredients.push_back({relation, name.empty() ? unnamed : name_in(name), digest,
                                 file.value_or(fs::path()), false});
    return said_.ingredients.size() - 1;
  }

  std::size_t add_model(const std::string& name, const std::string& digest) {
    said_.ingredients.push_back({Ingredient::Relation::input,
                                 name.empty() ? "a trained network" : name_in(name),
                                 digest,
                                 {},
                                 true});
    return said_.ingredients.size() - 1;
  }

  void open(const json& content) {
    said_.deeds.push_back(
        {"c2pa.opened", "", "", {add(content, Ingredient::Relation::parent, "a picture")}});
  }

  void stylized() {
    open(recipe_.at("content"));
    std::vector<std::size_t> used;
    for (const json& style : recipe_.at("styles"))
      used.push_back(add(style, Ingredient::Relation::input, "a painting"));
    const std::size_t paintings = used.size();
    if (recipe_.contains("init"))
      used.push_back(add(recipe_.at("init"), Ingredient::Relation::input, "a picture"));
    const json& model = recipe_.at("model");
    used.push_back(add_model(model.at("name"), model.at("sha256")));
    if (recipe_.contains("init_model"))
      used.push_back(add_model("fast", recipe_.at("init_model").at("sha256")));
    const bool one_pass = recipe_.at("options").value("method", "") == "fast";
    said_.deeds.push_back({"c2pa.filtered",
                           fmt::format("painted anew in the manner of {} work{}, {}", paintings,
                                       paintings == 1 ? "" : "s",
                                       one_pass ? "in one pass of a trained network"
                                                : "by optimising its pixels for a trained network"),
                           with_trained, used});
  }

  void translated() {
    open(recipe_.at("content"));
    said_.deeds.push_back({"c2pa.filtered",
                           "painted anew in one pass of a network that learned two collections",
                           with_trained,
                           {add_model("", recipe_.at("model_sha256"))}});
  }

  void grown(const std::string& command) {
    const std::string digest = recipe_.at("model_sha256");
    std::vector<std::size_t> used{add_model(recipe_.value("model", ""), digest)};
    if (command == "breed") {
      for (const json& parent : recipe_.at("family").at("parents")) {
        const auto file = works_.member(parent, digest);
        said_.ingredients.push_back(
            {Ingredient::Relation::input, name_in(parent.value("name", "a picture")),
             file ? sha256_file(*file) : "", file.value_or(fs::path()), false});
        used.push_back(said_.ingredients.size() - 1);
      }
    }
    if (command == "invert") {
      said_.ingredients.push_back(
          {Ingredient::Relation::input, name_in(recipe_.value("of", "a picture")), "", {}, false});
      used.push_back(said_.ingredients.size() - 1);
    }
    const char* how = command == "generate" ? "painted from chance by a trained generator"
                      : command == "breed"  ? "mixed from its parents by a trained generator"
                                            : "painted by a trained generator to meet a picture";
    said_.deeds.push_back({"c2pa.created", how, trained, used});
  }

  void changed(const char* action, const char* how) {
    open(recipe_.at("content"));
    said_.deeds.push_back({action, how, "", {}});
  }

  const json& recipe_;
  const WorksAtHand& works_;
  Statement said_;
};

}  // namespace

Statement statement_of(const json& recipe, const WorksAtHand& works) {
  try {
    return recipe.is_object() ? Reader(recipe, works).read() : Statement{};
  } catch (const json::exception&) {
    return {};
  }
}

}  // namespace atelier::jobs
