// SPDX-License-Identifier: Apache-2.0
#include "atelier/vision/faces.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>
#include <tuple>

#include "atelier/base/error.hpp"

namespace atelier::vision {
namespace {

namespace fs = std::filesystem;

constexpr int searched_edge = 1024;  // px, long edge that is searched at most
constexpr int least_face = 20;       // px there: what the cascades were trained at
constexpr const char* remedy = "apt-get install opencv-data";

/// Luma of ITU-R BT.601, which the cascades were trained on, at the size that is searched.
cv::Mat searched(const image::Image& picture) {
  cv::Mat luma(picture.height, picture.width, CV_8U);
  for (int y = 0; y < picture.height; ++y) {
    const float* rgb = picture.rgb.data() + static_cast<std::size_t>(y) * picture.width * 3;
    for (int x = 0; x < picture.width; ++x, rgb += 3) {
      luma.at<std::uint8_t>(y, x) = cv::saturate_cast<std::uint8_t>(
          255 * (0.299F * rgb[0] + 0.587F * rgb[1] + 0.114F * rgb[2]));
    }
  }
  if (std::max(picture.width, picture.height) > searched_edge) {
    const image::Size size = image::fit_long_edge({picture.width, picture.height}, searched_edge);
    cv::Mat smaller;
    cv::resize(luma, smaller, {size.width, size.height}, 0, 0, cv::INTER_AREA);
    luma = smaller;
  }
  cv::equalizeHist(luma, luma);
  return luma;
}

/// Sizes of faces that are looked for, px.
struct Sizes {
  int least, most;
};

struct Proposal {
  cv::Rect place;
  int neighbours = 0;  ///< windows around it that were taken for a face too
  Facing facing = Facing::viewer;
};

class Cascade {
 public:
  Cascade(const fs::path& folder, const char* name) {
    const fs::path path = folder / (std::string("haarcascade_") + name + ".xml");
    bool loaded = false;
    try {
      std::error_code absent;  // OpenCV would write on stderr of a file that is not there
      loaded = fs::is_regular_file(path, absent) && classifier_.load(path.string());
    } catch (const cv::Exception&) {
      // Told below.
    }
    if (!loaded) {
      fail(ErrorKind::missing_capability,
           "{} is missing or damaged, and faces are found by it; bring it with: {}", path.string(),
           remedy);
    }
  }

  /// In an order that does not depend on threads.
  [[nodiscard]] std::vector<Proposal> find(const cv::Mat& luma, Sizes sizes, int neighbours) {
    std::vector<cv::Rect> places;
    std::vector<int> counts;
    classifier_.detectMultiScale(luma, places, counts, 1.1, neighbours, 0,
                                 {sizes.least, sizes.least}, {sizes.most, sizes.most});
    std::vector<Proposal> found;
    for (std::size_t i = 0; i < places.size(); ++i) found.push_back({places[i], counts[i]});
    std::sort(found.begin(), found.end(), [](const Proposal& a, const Proposal& b) {
      return std::tuple(-a.neighbours, a.place.y, a.place.x, a.place.width) <
             std::tuple(-b.neighbours, b.place.y, b.place.x, b.place.width);
    });
    return found;
  }

 private:
  cv::CascadeClassifier classifier_;
};

/// Common area over the smaller one's.
double overlap(const cv::Rect& a, const cv::Rect& b) {
  return static_cast<double>((a & b).area()) / std::min(a.area(), b.area());
}

class Search {
 public:
  Search(const cv::Mat& luma, const fs::path& folder, Sizes sizes, double min_confidence)
      : luma_(luma),
        sizes_(sizes),
        min_confidence_(min_confidence),
        frontal_(folder, "frontalface_alt2"),
        second_(folder, "frontalface_default"),
        profile_(folder, "profileface"),
        eye_(folder, "eye_tree_eyeglasses") {}

  std::vector<Face> faces() {
    for (const Proposal& proposal : frontal_.find(luma_, sizes_, 3)) judge(proposal);
    for (const Proposal& proposal : profiles()) judge(proposal);
    return faces_;
  }

 private:
  std::vector<Proposal> profiles() {
    cv::Mat mirror;
    cv::flip(luma_, mirror, 1);
    std::vector<Proposal> found = profile_.find(luma_, sizes_, 5);
    for (Proposal& proposal : found) proposal.facing = Facing::left;
    for (Proposal proposal : profile_.find(mirror, sizes_, 5)) {
      proposal.place.x = luma_.cols - proposal.place.x - proposal.place.width;
      proposal.facing = Facing::right;
      found.push_back(proposal);
    }
    return found;
  }

  /// A part of a proposal and its surroundings, enlarged so that the face measures 120 px at least.
  [[nodiscard]] cv::Mat part(const cv::Rect& place, const cv::Rect& face, double& scale) const {
    scale = std::max(1.0, 120.0 / face.width);
    cv::Mat enlarged;
    cv::resize(luma_(place & cv::Rect(0, 0, luma_.cols, luma_.rows)), enlarged, {}, scale, scale,
               cv::INTER_CUBIC);
    return enlarged;
  }

  [[nodiscard]] bool second_sees(const cv::Rect& face) {
    const int margin = face.width / 4;
    const cv::Rect around(face.x - margin, face.y - margin, face.width + 2 * margin,
                          face.height + 2 * margin);
    double scale = 1;
    const cv::Mat picture = part(around, face, scale);
    const auto size = [&](double share) { return static_cast<int>(share * scale * face.width); };
    return !second_.find(picture, {size(0.6), size(1.5)}, 3).empty();
  }

  [[nodiscard]] int eyes(const cv::Rect& face) {
    const cv::Rect upper(face.x, face.y + face.height / 8, face.width, face.height / 2);
    double scale = 1;
    const cv::Mat picture = part(upper, face, scale);
    const auto size = [&](double share) { return static_cast<int>(share * scale * face.width); };
    return static_cast<int>(
        std::min<std::size_t>(2, eye_.find(picture, {size(0.12), size(0.4)}, 3).size()));
  }

  void judge(const Proposal& proposal) {
    const cv::Rect& place = proposal.place;
    for (const Face& face : faces_) {
      const cv::Rect known(static_cast<int>(face.x), static_cast<int>(face.y),
                           static_cast<int>(face.width), static_cast<int>(face.height));
      if (overlap(known, place) > 0.4) return;
    }
    const bool second = second_sees(place);
    const int seen_eyes = eyes(place);
    if (!second && seen_eyes == 0) return;
    const double windows = proposal.neighbours;
    const double doubt =
        (1 - windows / (windows + 10)) * (second ? 0.5 : 1) * std::pow(0.7, seen_eyes);
    if (1 - doubt < min_confidence_) return;
    faces_.push_back({static_cast<double>(place.x), static_cast<double>(place.y),
                      static_cast<double>(place.width), static_cast<double>(place.height),
                      1 - doubt, proposal.facing});
  }

  const cv::Mat& luma_;
  Sizes sizes_;
  double min_confidence_;
  Cascade frontal_, second_, profile_, eye_;
  std::vector<Face> faces_;
};

}  // namespace

fs::path cascade_folder() {
  std::vector<fs::path> places;
  if (const char* named = std::getenv("ATELIER_CASCADES"); named && *named) {
    places.emplace_back(named);
  } else {
    for (const char* share : {"/usr/share", "/usr/local/share"}) {
      for (const char* name : {"opencv4", "opencv", "OpenCV"})
        places.push_back(fs::path(share) / name / "haarcascades");
    }
  }
  for (const fs::path& place : places) {
    std::error_code absent;
    if (fs::is_directory(place, absent)) return place;
  }
  fail(ErrorKind::missing_capability,
       "faces are found by OpenCV's cascades, and {} is no folder; bring them with: {}",
       places.front().string(), remedy);
}

std::vector<Face> find_faces(const image::Image& picture, const FaceOptions& options) {
  if (!(options.min_size >= 0 && options.min_size <= options.max_size && options.max_size <= 1)) {
    fail(ErrorKind::invalid_argument,
         "faces of {} to {} of the short edge cannot be looked for; both lie in 0..1, the first is "
         "not above the second.",
         options.min_size, options.max_size);
  }
  if (!(options.min_confidence >= 0 && options.min_confidence <= 1)) {
    fail(ErrorKind::invalid_argument, "a confidence of {} cannot be asked for; it lies in 0..1.",
         options.min_confidence);
  }
  const fs::path folder = options.cascades.empty() ? cascade_folder() : options.cascades;
  const cv::Mat luma = searched(picture);
  const int edge = std::min(luma.cols, luma.rows);
  const Sizes sizes{std::max(least_face, static_cast<int>(std::lround(options.min_size * edge))),
                    static_cast<int>(std::lround(options.max_size * edge))};
  if (sizes.most < sizes.least) return {};
  std::vector<Face> faces = Search(luma, folder, sizes, options.min_confidence).faces();
  const double scale = static_cast<double>(picture.width) / luma.cols;
  for (Face& face : faces) {
    face.x *= scale;
    face.y *= scale;
    face.width *= scale;
    face.height *= scale;
  }
  std::stable_sort(faces.begin(), faces.end(),
                   [](const Face& a, const Face& b) { return a.confidence > b.confidence; });
  return faces;
}

image::Mask face_mask(image::Size size, const std::vector<Face>& faces) {
  image::Mask mask;
  mask.width = size.width;
  mask.height = size.height;
  mask.values.assign(static_cast<std::size_t>(size.width) * size.height, 0.0F);
  constexpr double across = 0.52, down = 0.7;  // half axes, of the square's edge
  constexpr double outer = 1.4;                // where it ends, in half axes
  for (const Face& face : faces) {
    const double x0 = face.x + face.width / 2, y0 = face.y + face.height / 2;
    const double rx = across * face.width, ry = down * face.height;
    const auto first = [](double from) { return std::max(0, static_cast<int>(std::floor(from))); };
    const auto last = [](double to, int edge) {
      return std::min(edge, static_cast<int>(std::ceil(to)) + 1);
    };
    for (int y = first(y0 - outer * ry); y < last(y0 + outer * ry, size.height); ++y) {
      for (int x = first(x0 - outer * rx); x < last(x0 + outer * rx, size.width); ++x) {
        const double r = std::hypot((x + 0.5 - x0) / rx, (y + 0.5 - y0) / ry);
        const double t = std::clamp((outer - r) / (outer - 1), 0.0, 1.0);
        const double value = t * t * (3 - 2 * t);
        float& all = mask.values[static_cast<std::size_t>(y) * size.width + x];
        all = static_cast<float>(1 - (1 - all) * (1 - value));
      }
    }
  }
  return mask;
}

image::Mask face_mask(const image::Image& picture) {
  return face_mask({picture.width, picture.height}, find_faces(picture));
}

}  // namespace atelier::vision
