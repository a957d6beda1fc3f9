// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "atelier/base/error.hpp"
#include "atelier/verse/check.hpp"
#include "atelier/verse/english_sounds.hpp"
#include "figures.hpp"

namespace atelier::verse::bench {

ordered_json kept(const char* form_name, const char* texts, const char* dictionary) {
  const Form& form = find_form(form_name);
  const ChineseSounds tang = ChineseSounds::tang();
  const auto english = EnglishSounds::read_dictionary(dictionary);
  const auto report_on = [&](const std::string& poem) {
    return form.language == Language::chinese ? check_chinese(poem, form, {}, tang)
                                              : check_english(poem, form, {}, english);
  };
  double poems = 0, all = 0;
  struct Part {
    double poems = 0, right = 0, asked = 0;
  };
  std::map<std::string, Part> parts;
  const ordered_json written = ordered_json::parse(text_of(texts));
  for (const auto& one : written.at("texts")) {
    const ordered_json report = report_on(one.at("text").get<std::string>());
    ++poems;
    all += report.at("kept").get<bool>() ? 1 : 0;
    for (const auto& [name, part] : report.items()) {
      if (!part.is_object() || !part.contains("kept")) continue;
      Part& sum = parts[name];
      sum.poems += part.at("kept").get<bool>() ? 1 : 0;
      sum.right += part.value("right", 0.0);
      sum.asked += part.value("asked", 0.0);
    }
  }
  ordered_json figures{{"poems", poems}, {"kept_all", share(all, poems)}};
  for (const auto& [name, part] : parts) {
    figures[name] = {{"poems", share(part.poems, poems)}, {"right", share(part.right, part.asked)}};
  }
  return figures;
}

}  // namespace atelier::verse::bench
