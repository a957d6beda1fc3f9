// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "atelier/provenance/credential.hpp"

namespace atelier::provenance {

const std::vector<SourceType>& source_types() {
  static const std::vector<SourceType> types{
      {"digital-capture", "digitalCapture", "taken with a digital camera"},
      {"computational-capture", "computationalCapture", "taken with a camera that computes"},
      {"negative-film", "negativeFilm", "scanned from a negative"},
      {"positive-film", "positiveFilm", "scanned from a slide"},
      {"print", "print", "scanned from a print or painting"},
      {"human-edits", "humanEdits", "edited by a person"},
      {"digital-creation", "digitalCreation", "made by a person with digital tools"},
      {"screen-capture", "screenCapture", "a picture of a screen"},
      {"composite", "composite", "put together from several works"},
      {"composite-capture", "compositeCapture", "put together from several photographs"},
      {"algorithmic", "algorithmicMedia", "computed without anything learned"},
      {"enhanced", "algorithmicallyEnhanced", "corrected by a program"},
      {"trained-algorithmic", "trainedAlgorithmicMedia", "made by a trained network"},
      {"composite-with-trained", "compositeWithTrainedAlgorithmicMedia",
       "made of other works with a trained network"},
  };
  return types;
}

const SourceType* find_source_type(std::string_view word_or_code) {
  const auto& types = source_types();
  const auto found = std::find_if(types.begin(), types.end(), [&](const SourceType& type) {
    return type.word == word_or_code || type.code == word_or_code;
  });
  return found == types.end() ? nullptr : &*found;
}

}  // namespace atelier::provenance
