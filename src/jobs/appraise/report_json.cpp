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

json to_json(const appraise::Emotion& of) {
  return {{"name", of.name},
          {"share", of.share},
          {"average", of.average},
          {"rank_correlation", {{"value", of.correlation}, {"low", of.low}, {"high", of.high}}},
          {"error", of.error}};
}

json to_json(const std::vector<appraise::Emotion>& emotions) {
  json list = json::array();
  for (const appraise::Emotion& of : emotions) list.push_back(to_json(of));
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

json to_json(const Origin& of) {
  const char* maker = of.maker == Origin::Maker::machine  ? "machine"
                      : of.maker == Origin::Maker::person ? "person"
                                                          : "unknown";
  return {{"maker", maker}, {"evidence", of.evidence}};
}

json to_json(const AppraisedWork& work, int top) {
  const appraise::Appraisal& of = work.appraisal;
  return {
      {"work", work.path.string()},
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
      {"people_like_machines", of.people_like_machines ? json(*of.people_like_machines) : json()},
      {"machine_like", of.people_like_machines ? json(of.machine_like()) : json()},
      {"origin", work.origin ? to_json(*work.origin) : json()},
      {"seconds", work.seconds}};
}

json to_json(const appraise::FeltText& of) {
  json emotions = json::array();
  for (const appraise::TextEmotion& emotion : of.emotions) {
    json entry = to_json(emotion.felt);
    entry["words"] = emotion.words;
    emotions.push_back(entry);
  }
  return {{"words", of.words}, {"known", of.known}, {"emotions", emotions}};
}

json to_json(const AppraisedText& text) {
  const verse::Portrait& of = text.portrait;
  json nearest = json::array();
  for (const NearText& near : text.nearest) {
    nearest.push_back(
        {{"text", near.path.string()}, {"likeness", near.likeness}, {"shared", near.shared}});
  }
  return {{"text", text.path.string()},
          {"title", text.title},
          {"language", of.language == verse::Language::chinese ? "chinese" : "english"},
          {"lines", of.lengths.size()},
          {"stanzas", of.stanzas},
          {"lengths", of.lengths},
          {"form", of.form.empty() ? json() : json(of.form)},
          {"kept", of.check.is_null() ? json() : json(of.kept)},
          {"nearest_form", of.check},
          {"rhyme",
           {{"scheme", verse::scheme_text(of)},
            {"lines", of.rhymes},
            {"perfect", of.perfect},
            {"near", of.near},
            {"repeated", of.repeated}}},
          {"felt", text.felt ? to_json(*text.felt) : json()},
          {"nearest", nearest},
          {"seconds", text.seconds}};
}

}  // namespace

json to_json(const AppraiseReport& report) {
  json works = json::array(), texts = json::array(), skipped = json::array();
  for (const AppraisedWork& work : report.works) works.push_back(to_json(work, report.top));
  for (const AppraisedText& text : report.texts) texts.push_back(to_json(text));
  for (const SkippedWork& work : report.skipped) {
    skipped.push_back({{"work", work.path.string()}, {"reason", work.reason}});
  }
  return {{"works", works},
          {"texts", texts},
          {"skipped", skipped},
          {"seconds", report.seconds},
          {"model", report.model.string()},
          {"model_sha256", report.model_sha256},
          {"text_model", report.text_model.string()},
          {"text_model_sha256", report.text_model_sha256},
          {"device", report.device},
          {"threads", report.threads},
          {"peak_rss_bytes", report.peak_rss_bytes}};
}

}  // namespace atelier::jobs
