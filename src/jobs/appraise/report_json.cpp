// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/appraise.hpp"

namespace atelier::jobs {
namespace {

using nlohmann::json;

json to_json(const std::vector<appraise::Guess>& guesses, int top) {
  json list = json::array();
  for (const appraise::Guess& guess : guesses) {
    if (static_cast<int>(list.size()) == top) break;
    list.push_back({{"name", guess.name}, {"probability", guess.probability}});
  }
  return list;
}

json to_json(const appraise::Aesthetics& of) {
  return {{"colourfulness", of.colourfulness},
          {"colourfulness_word", appraise::colourfulness_word(of.colourfulness)},
          {"contrast", of.contrast},
          {"sharpness", of.sharpness},
          {"noise", of.noise},
          {"blocking", of.blocking},
          {"complexity", of.complexity}};
}

json to_json(const std::vector<appraise::Emotion>& emotions) {
  json list = json::array();
  for (const appraise::Emotion& of : emotions) {
    list.push_back(
        {{"name", of.name},
         {"share", of.share},
         {"average", of.average},
         {"rank_correlation", {{"value", of.correlation}, {"low", of.low}, {"high", of.high}}},
         {"error", of.error}});
  }
  return list;
}

json to_json(const appraise::Attribution& of) {
  return {{"works", of.works},
          {"likeness", of.likeness},
          {"usual", of.usual},
          {"typical", of.typical},
          {"nearer_than_others", of.nearer_than_others}};
}

json to_json(const std::vector<appraise::PartLikeness>& parts) {
  json list = json::array();
  for (const appraise::PartLikeness& of : parts) {
    list.push_back({{"left", of.part.left},
                    {"top", of.part.top},
                    {"width", of.part.width},
                    {"height", of.part.height},
                    {"likeness", of.likeness},
                    {"lean", of.lean}});
  }
  return list;
}

json to_json(const AppraisedWork& work, int top) {
  const appraise::Appraisal& of = work.appraisal;
  return {{"work", work.path.string()},
          {"width", work.width},
          {"height", work.height},
          {"style", to_json(of.style, top)},
          {"none_of_these", of.none_of_these()},
          {"strangeness", {{"value", of.strangeness}, {"none_above", of.strange_above}}},
          {"content", to_json(of.content, top)},
          {"emotions", to_json(of.emotions)},
          {"aesthetics", to_json(of.aesthetics)},
          {"attribution", work.attribution ? to_json(*work.attribution) : json()},
          {"parts", to_json(work.parts)},
          {"seconds", work.seconds}};
}

}  // namespace

json to_json(const AppraiseReport& report) {
  json works = json::array(), skipped = json::array();
  for (const AppraisedWork& work : report.works) works.push_back(to_json(work, report.top));
  for (const SkippedWork& work : report.skipped) {
    skipped.push_back({{"work", work.path.string()}, {"reason", work.reason}});
  }
  return {{"works", works},
          {"skipped", skipped},
          {"seconds", report.seconds},
          {"model", report.model.string()},
          {"model_sha256", report.model_sha256},
          {"device", report.device},
          {"threads", report.threads},
          {"peak_rss_bytes", report.peak_rss_bytes}};
}

}  // namespace atelier::jobs
