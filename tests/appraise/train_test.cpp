// SPDX-License-Identifier: Apache-2.0
#include "atelier/appraise/train.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "appraise/feature_store.hpp"
#include "appraise/pictures.hpp"
#include "atelier/appraise/appraiser.hpp"
#include "atelier/appraise/parts.hpp"
#include "atelier/base/atomic_file.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/image/file.hpp"
#include "nets/small_graphs.hpp"

namespace atelier::appraise {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

nets::FeatureNet small_eyes() {
  return nets::FeatureNet(
      nets::testing::small_graph("efficientnet-lite0", {.strides = nets::Strides::trained}));
}

/// Two classes that anyone can tell, by ten artists each, and what viewers felt before the first.
class Training : public ::testing::Test {
 protected:
  Training() {
    std::string table = "ID\tArtist\tImageOnly: calm\tImageOnly: odd\n";
    for (int i = 0; i < 20; ++i) {
      const double light = 0.2 + 0.03 * i;
      // Dark stripes are not as dark everywhere: works that look the same count as one.
      const auto striped = [&](int x, int y) {
        const int block = ((x / 8 + 5 * (y / 8)) * 7 + 11 * i) % 20;
        return test::grey(x % 4 < 2 ? light * (0.4 + 0.03 * block) : 1);
      };
      put("styles/flat/painter" + letters(i / 2) + "_" + std::to_string(i) + ".png",
          test::flat({40, 32}, test::grey(light)));
      put("styles/striped/drawer" + letters(i / 2) + "_" + std::to_string(i) + ".png",
          test::painted({40, 32}, striped));
      put("felt/id" + std::to_string(i) + ".png", test::flat({32, 40}, test::grey(light)));
      table += fmt::format("id{}\tSomebody {}\t{:.3f}\t{}\n", i, letters(i), light, i % 2);
    }
    write_file(path("shares.tsv"), table);
    training_.folder = path("run");
    training_.styles = {path("styles")};
    training_.emotions = path("felt");
    training_.shares = path("shares.tsv");
    training_.options.threads = 1;
  }

  /// "aa", "bb", ...: names that are more than one letter apart.
  static std::string letters(int i) { return std::string(3, static_cast<char>('a' + i)); }
  [[nodiscard]] fs::path path(const std::string& name) const { return folder_.path() / name; }
  void put(const std::string& name, const image::Image& picture) const {
    fs::create_directories(path(name).parent_path());
    image::save(picture, path(name));
  }

  TemporaryFolder folder_;
  AppraisalTraining training_;
};

TEST_F(Training, LearnsMeasuresAndAppraises) {
  const AppraisalTrained trained = train_appraisal(small_eyes(), training_);
  const auto& style = trained.of.at("style");
  EXPECT_GT(style.at("together").at("accuracy").at("mean"), 0.9);
  const auto confusion = style.at("confusion").get<std::vector<std::vector<int>>>();
  EXPECT_EQ(confusion[0][0] + confusion[0][1], 20);
  EXPECT_EQ(confusion[1][0] + confusion[1][1], 20);
  EXPECT_GT(confusion[0][0] + confusion[1][1], 36);
  EXPECT_EQ(style.at("classes"), nlohmann::json::parse(R"(["flat","striped"])"));
  const auto& calm = trained.of.at("emotion").at("emotions").at(0);
  EXPECT_EQ(calm.at("name"), "calm");
  EXPECT_TRUE(calm.at("offered").get<bool>());
  EXPECT_FALSE(trained.of.contains("content"));
  EXPECT_EQ(nlohmann::ordered_json::parse(read_file(trained.figures, 1 << 20)), trained.of);
  EXPECT_GT(image::probe(trained.confusion).size.width, 200);

  const Appraiser appraiser(trained.model, small_eyes());
  const Appraisal flat = appraiser(test::flat({32, 40}, test::grey(0.5)));
  EXPECT_EQ(flat.style.front().name, "flat");
  EXPECT_GT(flat.style.front().probability, 0.75);
  EXPECT_NEAR(flat.style[0].probability + flat.style[1].probability, 1, 1e-9);
  EXPECT_TRUE(flat.content.empty());
  const auto felt = std::find_if(flat.emotions.begin(), flat.emotions.end(),
                                 [](const Emotion& emotion) { return emotion.name == "calm"; });
  ASSERT_NE(felt, flat.emotions.end());
  EXPECT_NEAR(felt->share, 0.5, 0.15);
  const Appraisal noise = appraiser(test::noisy({64, 64}, 80));
  EXPECT_GT(noise.strangeness, appraiser(test::flat({40, 32}, test::grey(0.5))).strangeness);
}

TEST_F(Training, LearnsWhatMachinesPaint) {
  for (int i = 0; i < 20; ++i) {
    const std::string name = "photo" + std::to_string(i) + "__a.png";
    put("machines/chance/" + name, test::noisy({40, 40}, 60 + i));
    put("machines/untouched/" + name, test::flat({40, 40}, test::grey(0.1 + 0.04 * i)));
  }
  training_.machines = path("machines");
  const AppraisalTrained trained = train_appraisal(small_eyes(), training_);
  EXPECT_EQ(trained.of.at("machines").at("people"), 60);  // 40 of them in styles
  EXPECT_GT(trained.of.at("machines").at("kinds").at("chance").at("found"), 0.9);
  EXPECT_TRUE(trained.of.at("machines").at("kinds_never_seen").empty());
  const Appraiser appraiser(trained.model, small_eyes());
  EXPECT_TRUE(appraiser(test::noisy({40, 40}, 70)).machine_like());
  const Appraisal flat = appraiser(test::flat({40, 40}, test::grey(0.5)));
  EXPECT_FALSE(flat.machine_like());
  EXPECT_GT(flat.people_like_machines.value(), 0.1);
  training_.machines.clear();
  training_.folder = path("without");
  const Appraiser without(train_appraisal(small_eyes(), training_).model, small_eyes());
  EXPECT_FALSE(without(test::flat({40, 40}, test::grey(0.5))).people_like_machines);
}

TEST_F(Training, GoesOnAndGivesTheSameBytes) {
  std::stop_source stop;
  int looked = 0;
  const auto stop_at_ten = [&](const Progress& progress) {
    if (progress.stage == "looking at works" && ++looked == 10) stop.request_stop();
  };
  try {
    train_appraisal(small_eyes(), training_, stop_at_ten, stop.get_token());
    FAIL() << "it did not stop";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::cancelled);
  }
  const auto kept = fs::file_size(path("run/features.bin"));
  {
    std::ofstream torn(path("run/features.bin"), std::ios::binary | std::ios::app);
    torn << "cut short";
  }
  const AppraisalTrained resumed = train_appraisal(small_eyes(), training_);
  EXPECT_GT(fs::file_size(path("run/features.bin")), kept);
  training_.folder = path("anew");
  const AppraisalTrained anew = train_appraisal(small_eyes(), training_);
  EXPECT_EQ(sha256_file(resumed.model), sha256_file(anew.model));
  EXPECT_EQ(resumed.of, anew.of);
  EXPECT_EQ(sha256_file(path("run/features.bin")), sha256_file(path("anew/features.bin")));
}

TEST_F(Training, PartsAreComparedAsPicturesByThemselves) {
  const Appraiser appraiser(train_appraisal(small_eyes(), training_).model, small_eyes());
  std::vector<Hand> striped;
  for (int i = 10; i < 16; ++i) {
    striped.push_back(appraiser.hand_of(image::load(
        path("styles/striped/drawer" + letters(i / 2) + "_" + std::to_string(i) + ".png"))));
  }
  const image::Image work =
      test::painted({81, 65}, [](int x, int) { return test::grey(x < 40 && x % 4 < 2 ? 0.6 : 1); });
  const std::vector<PartLikeness> parts = likeness_of_parts(appraiser, work, striped);
  ASSERT_EQ(parts.size(), 9U);
  EXPECT_EQ(parts[0].part, (image::Part{0, 0, 41, 33}));
  EXPECT_EQ(parts[5].part, (image::Part{40, 16, 41, 33}));
  double sum = 0;
  for (const PartLikeness& part : parts) sum += part.lean;
  EXPECT_NEAR(sum, 0, 1e-9);
  const Hand last = appraiser.hand_of(image::cut(work, parts[8].part));
  EXPECT_EQ(parts[8].likeness, appraiser.compare(striped, last).likeness);
  EXPECT_NE(parts[8].likeness, parts[0].likeness);
  EXPECT_THROW(static_cast<void>(likeness_of_parts(appraiser, work, {striped.front()})), Error);
  EXPECT_THROW(static_cast<void>(
                   likeness_of_parts(appraiser, test::flat({30, 40}, test::grey(0.5)), striped)),
               Error);
}

TEST_F(Training, WorksMayBeTornFromTheirArtists) {
  training_.emotions.clear();
  training_.shares.clear();
  training_.options.split = "works";
  const AppraisalTrained trained = train_appraisal(small_eyes(), training_);
  EXPECT_EQ(trained.of.at("style").at("split"), "works");
  EXPECT_FALSE(trained.of.contains("emotion"));
}

TEST_F(Training, AClassByOneArtistIsRefused) {
  for (int i = 1; i < 20; ++i)
    fs::remove(path("styles/striped/drawer" + letters(i / 2) + "_" + std::to_string(i) + ".png"));
  try {
    train_appraisal(small_eyes(), training_);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_input);
    EXPECT_THAT(error.what(), HasSubstr("all works of striped are by one artist"));
  }
}

TEST_F(Training, HalfOfAPairIsRefused) {
  training_.shares.clear();
  try {
    train_appraisal(small_eyes(), training_);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_argument);
    EXPECT_THAT(error.what(), HasSubstr("--emotions and --shares belong together"));
  }
}

TEST_F(Training, DamagedModelsAreRefused) {
  training_.emotions.clear();
  training_.shares.clear();
  const fs::path model = train_appraisal(small_eyes(), training_).model;
  const std::string bytes = read_file(model, 1 << 24);
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{9}, bytes.size() / 2, bytes.size() - 1}) {
    write_file(path("cut.safetensors"), std::string_view(bytes).substr(0, length));
    EXPECT_THROW(Appraiser(path("cut.safetensors"), small_eyes()), Error) << length;
  }
  std::string changed = bytes;
  changed[bytes.size() - 5] ^= 1;
  write_file(path("cut.safetensors"), changed);
  EXPECT_THROW(Appraiser(path("cut.safetensors"), small_eyes()), Error);
  EXPECT_NO_THROW(Appraiser(model, small_eyes()));
  try {
    Appraiser(path("none.safetensors"), small_eyes());
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::missing_weights);
    EXPECT_THAT(error.what(), HasSubstr("atelier train appraisal"));
  }
}

TEST_F(Training, AStoreOfOtherEyesIsBegunAnew) {
  write_file(path("store.bin"), "other eyes\nrubbish");
  const Eyes eyes(small_eyes());
  FeatureStore store(path("store.bin"), eyes);
  const fs::path picture = path("felt/id3.png");
  EXPECT_FALSE(store.holds(sha256_file(picture)));
  const FeatureStore::Record& record = store.of(picture);
  EXPECT_EQ(record.row.size(0), eyes.count());
  EXPECT_EQ(record.head.size(0), eyes.head_count());
  EXPECT_NEAR(record.thumbnail.mean().item<double>(), 0.29, 0.01);
  const FeatureStore again(path("store.bin"), eyes);
  EXPECT_TRUE(again.holds(sha256_file(picture)));
}

}  // namespace
}  // namespace atelier::appraise
