// SPDX-License-Identifier: Apache-2.0
#include "atelier/appraise/train.hpp"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <functional>
#include <map>
#include <set>
#include <utility>

#include "appraise/artists.hpp"
#include "appraise/confusion_picture.hpp"
#include "appraise/content_head.hpp"
#include "appraise/emotion_head.hpp"
#include "appraise/feature_store.hpp"
#include "appraise/hand.hpp"
#include "appraise/machine_head.hpp"
#include "appraise/model.hpp"
#include "appraise/style_figures.hpp"
#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/image/file.hpp"
#include "atelier/tensor/compute.hpp"

namespace atelier::appraise {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr int emotion_parts = 10;

void require_pair(const fs::path& first, const char* first_name, const fs::path& second,
                  const char* second_name) {
  if (first.empty() != second.empty()) {
    fail(ErrorKind::invalid_argument, "--{} and --{} belong together; give both or neither.",
         first_name, second_name);
  }
}

class Run {
 public:
  Run(nets::FeatureNet eyes, const AppraisalTraining& training, const OnProgress& on_progress,
      std::stop_token stop)
      : training_(training),
        on_progress_(on_progress),
        stop_(std::move(stop)),
        watch_(seconds_),
        eyes_(std::move(eyes)),
        store_(training.folder / "features.bin", eyes_) {}

  AppraisalTrained run() {
    read();
    look();
    AppraisalTrained trained{training_.folder / "model.safetensors",
                             training_.folder / "figures.json",
                             training_.folder / "confusion.png",
                             {},
                             0};
    Model model;
    model.eyes = eyes_.digest();
    StyleFigures style = measure_style();
    trained.of["style"] = std::move(style.of);
    image::save(confusion_picture(style.confusion, style.classes), trained.confusion);
    trained.of["hand"] = learn_hand_into(model, style.whole.standard);
    take(style, model);
    if (!emotions_.works.empty()) trained.of["emotion"] = learn_emotions_into(model);
    if (!machines_.empty()) trained.of["machines"] = learn_machines_into(model);
    if (!content_.names.empty()) trained.of["content"] = learn_content_into(model);
    save_model(model, trained.model);
    write_file(trained.figures, trained.of.dump(2) + "\n");
    trained.seconds = watch_.elapsed();
    return trained;
  }

 private:
  void check() const {
    if (stop_.stop_requested()) {
      fail(ErrorKind::cancelled,
           "interrupted; what was seen is kept in {}, and the same command goes on.",
           training_.folder.string());
    }
  }

  void tell(const std::string& stage, std::int64_t done, std::int64_t total) const {
    if (on_progress_) {
      on_progress_({.stage = stage,
                    .done = done,
                    .total = total,
                    .seconds = watch_.elapsed(),
                    .values = {}});
    }
  }

  void read() {
    for (const fs::path& folder : training_.styles) {
      const std::vector<Work> works = read_classes(folder);
      styles_.insert(styles_.end(), works.begin(), works.end());
    }
    if (!training_.emotions.empty()) {
      emotions_ = read_emotions(training_.emotions, training_.shares, training_.options.viewers);
    }
    if (!training_.content.empty())
      content_ = read_content(training_.content, training_.top, eyes_.head_count());
    if (!training_.machines.empty()) machines_ = read_machines(training_.machines);
  }

  /// Rows and thumbnails of all works, styles first.
  void look() {
    std::vector<Work> all = styles_;
    all.insert(all.end(), emotions_.works.begin(), emotions_.works.end());
    std::vector<at::Tensor> rows;
    std::vector<float> thumbnails;
    std::vector<std::string> artists;
    const auto total =
        static_cast<std::int64_t>(all.size() + machines_.size() + content_.files.size());
    std::int64_t done = 0;
    for (const Work& work : all) {
      check();
      tell("looking at works", done++, total);
      const FeatureStore::Record& record = store_.of(work.file);
      rows.push_back(record.row);
      const float* thumbnail = record.thumbnail.data_ptr<float>();
      thumbnails.insert(thumbnails.end(), thumbnail, thumbnail + FeatureStore::thumbnail_count);
      artists.push_back(work.artist);
    }
    for (const MachinePicture& picture : machines_) {
      check();
      tell("looking at works", done++, total);
      rows.push_back(store_.of(picture.file).row);
    }
    std::vector<at::Tensor> heads;
    for (const fs::path& file : content_.files) {
      check();
      tell("looking at works", done++, total);
      heads.push_back(store_.of(file).head);
    }
    rows_ = at::stack(rows).to(at::kDouble);
    if (!heads.empty()) heads_ = at::stack(heads).to(at::kDouble);
    thumbnails_ = at::tensor(thumbnails).view({-1, FeatureStore::thumbnail_count});
    groups_ = group_works(artists, thumbnails, FeatureStore::thumbnail_count);
  }

  StyleFigures measure_style() {
    const auto count = static_cast<std::int64_t>(styles_.size());
    const std::span<const std::size_t> groups(groups_.data(), styles_.size());
    std::int64_t fits = 0;
    return style_figures(styles_, rows_.slice(0, 0, count), groups, training_.options, [&] {
      check();
      tell("learning styles", ++fits, 0);
    });
  }

  static void take(StyleFigures& style, Model& model) {
    const Standard& standard = style.whole.standard;
    model.style = {std::move(style.classes),
                   rounded(on_plain(style.whole.head, standard), standard.mean),
                   style.whole.temperature};
    model.outside = style.outside;
    model.outside.axes = style.outside.axes * standard.factor.unsqueeze(1);
    model.outside_mean = standard.mean;
  }

  /// From works by a painter alone: who made a photograph or a cartoon is seldom told.
  Json learn_hand_into(Model& model, const Standard& standard) {
    tell("learning hands", 0, 0);
    std::vector<std::int64_t> signed_works, classes;
    std::vector<std::size_t> painters;
    std::vector<std::string> names;
    std::map<std::string, std::int64_t> numbers;
    for (std::size_t i = 0; i < styles_.size(); ++i) {
      if (styles_[i].artist.empty()) continue;
      signed_works.push_back(static_cast<std::int64_t>(i));
      painters.push_back(groups_[i]);
      names.push_back(styles_[i].artist);
      const auto next = static_cast<std::int64_t>(numbers.size());
      classes.push_back(numbers.emplace(styles_[i].label, next).first->second);
    }
    const at::Tensor places = at::tensor(signed_works);
    const at::Tensor rows = standard(rows_.index_select(0, places));
    const at::Tensor axes = fit_hand(rows, painters);
    model.hand_axes = axes * standard.factor.unsqueeze(1);
    model.hand_others = hands_of(rows, axes);
    check();
    return hand_figures(rows, painters, names, at::tensor(classes),
                        thumbnails_.index_select(0, places));
  }

  Json learn_emotions_into(Model& model) {
    const auto first = static_cast<std::int64_t>(styles_.size());
    const auto count = static_cast<std::int64_t>(emotions_.works.size());
    const std::span<const std::size_t> groups(groups_.data() + first, emotions_.works.size());
    const std::vector<int> alike(emotions_.works.size());
    std::vector<std::int64_t> parts;
    for (const int part : divide(groups, alike, emotion_parts)) parts.push_back(part);
    std::vector<at::Tensor> shares;
    for (const std::vector<double>& of : emotions_.shares) shares.push_back(at::tensor(of));
    std::int64_t fits = 0;
    const EmotionHead head =
        learn_emotions({rows_.slice(0, first, first + count), at::stack(shares), at::tensor(parts)},
                       emotions_.names, groups, training_.options.seed, [&] {
                         check();
                         tell("learning emotions", ++fits, emotion_parts);
                       });
    std::vector<std::int64_t> offered;
    for (std::size_t i = 0; i < head.feelings.size(); ++i) {
      if (!head.feelings[i].offered) continue;
      offered.push_back(static_cast<std::int64_t>(i));
      model.feelings.push_back(head.feelings[i]);
    }
    const at::Tensor places = at::tensor(offered, at::kLong);
    model.emotion = rounded(on_plain({head.head.weights.index_select(1, places),
                                      head.head.bias.index_select(0, places)},
                                     head.standard),
                            head.standard.mean);
    return emotion_figures(head, groups);
  }

  /// From what machines made, and from works and pictures by people.
  Json learn_machines_into(Model& model) {
    const auto works = static_cast<std::int64_t>(styles_.size()),
               first = works + static_cast<std::int64_t>(emotions_.works.size());
    MachineRows seen{at::cat({rows_.slice(0, 0, works), rows_.slice(0, first)}),
                     std::vector<std::int64_t>(styles_.size()),
                     {groups_.begin(), groups_.begin() + works},
                     {}};
    std::map<std::string, std::int64_t> kinds;
    std::map<std::string, std::size_t> sources;
    for (const MachinePicture& picture : machines_) {
      const std::size_t group =
          sources.emplace(picture.source, groups_.size() + sources.size()).first->second;
      seen.group.push_back(group);
      if (picture.kind.empty()) {
        seen.kind.push_back(0);
        continue;
      }
      const auto next = static_cast<std::int64_t>(kinds.size()) + 1;
      const auto [kind, fresh] = kinds.emplace(picture.kind, next);
      if (fresh) seen.kinds.push_back(picture.kind);
      seen.kind.push_back(kind->second);
    }
    Json figures;
    std::int64_t fits = 0;
    model.machines = learn_machines(seen, training_.options.splits, figures, [&] {
      check();
      tell("learning machines' hands", ++fits, 0);
    });
    return figures;
  }

  static Json emotion_figures(const EmotionHead& head, std::span<const std::size_t> groups) {
    return {{"works", groups.size()},
            {"artists", std::set<std::size_t>(groups.begin(), groups.end()).size()},
            {"parts", emotion_parts},
            {"penalty", head.penalty},
            {"emotions", figures_json(head.feelings)}};
  }

  Json learn_content_into(Model& model) {
    const ContentHead head = learn_content(content_, heads_);
    model.content = {content_.names, rounded(head.head, heads_.mean(0)), head.temperature};
    return {{"pictures", content_.files.size()},
            {"top_1", head.top_1},
            {"top_5", head.top_5},
            {"temperature", head.temperature},
            {"calibration_error", head.calibration_error}};
  }

  const AppraisalTraining& training_;
  const OnProgress& on_progress_;
  std::stop_token stop_;
  double seconds_ = 0;
  Stopwatch watch_;
  Eyes eyes_;
  FeatureStore store_;
  std::vector<Work> styles_;
  Emotions emotions_;
  ContentData content_;
  std::vector<MachinePicture> machines_;
  at::Tensor rows_;        // of styles' works, emotions', and machines' pictures, float64
  at::Tensor heads_;       // of content's pictures
  at::Tensor thumbnails_;  // of all works
  std::vector<std::size_t> groups_;
};

}  // namespace

const OptionTable<AppraisalOptions>& appraisal_option_table() {
  using A = AppraisalOptions;
  static const OptionTable<A> table{
      {&A::splits,
       {"splits",
        "Measuring",
        "parts that works are divided into; each is judged by heads that saw the others",
        "parts",
        3,
        20,
        {},
        {}}},
      {&A::split,
       {"split",
        "Measuring",
        "what no split tears apart: artists; or works alone, as others' figures are made",
        "",
        {},
        {},
        {"artists", "works"},
        {}}},
      {&A::viewers,
       {"viewers", "Data", "what columns of viewers' shares begin with", "", {}, {}, {}, {}}},
      {&A::seed,
       {"seed",
        "Measuring",
        "chooses the draws of intervals; learning knows no chance",
        "",
        {},
        {},
        {},
        {}}},
      {&A::threads, {"threads", "Machine", "threads to compute with; 0: all", "", 0, 1024, {}, {}}},
  };
  return table;
}

AppraisalTrained train_appraisal(nets::FeatureNet eyes, const AppraisalTraining& training,
                                 const OnProgress& on_progress, std::stop_token stop) {
  if (training.styles.empty()) {
    fail(ErrorKind::invalid_argument, "name at least one folder with a folder for each class.");
  }
  require_pair(training.emotions, "emotions", training.shares, "shares");
  require_pair(training.content, "content", training.top, "top");
  const c10::NoGradGuard frozen;
  static_cast<void>(tensor::set_up("cpu", training.options.threads));
  std::error_code error;
  fs::create_directories(training.folder, error);
  if (error) {
    fail(ErrorKind::io, "{} cannot be made ({}).", training.folder.string(), error.message());
  }
  return Run(std::move(eyes), training, on_progress, std::move(stop)).run();
}

}  // namespace atelier::appraise
