// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "atelier/image/image.hpp"

namespace atelier::vision {

/// What two frames have in common; both in 0..1.
struct Likeness {
  double matched = 0;  ///< share of pixels that the other frame shows too, wherever they moved
  double colours = 0;  ///< overlap of the histograms of colours
};

/// Of two frames of one size. `matched`: flow between small versions of both, brightness and
/// contrast evened out, agrees both ways (trusted()) and what it leads to looks alike (correlation
/// within 7 x 7 px above 0.5). Where little matches, it is tried again along the one shift of the
/// whole frame that phase correlation finds (Kuglin, Hines 1975), for pans too fast for flow.
/// `colours`: sum of minima over 8 x 8 x 8 bins.
[[nodiscard]] Likeness likeness(const image::Image& a, const image::Image& b);

/// Finds where a film goes on with another scene.
///
/// A cut is where little of the last frame is found again (matched < 0.2) and its colours have
/// changed (overlap < 0.85), or nothing is (matched < 0.05). Moving cameras, pans and zooms keep
/// much in sight; where half of a drawing stays in place and its colours do, too, flow is not
/// asked. A flash changes the histogram and keeps the drawing. A frame without any drawing, as a
/// white flash or black leader (deviation of grey below 0.02), is never a cut itself; the next
/// frame is compared with the last one that showed something. Our own rules, measured on pictures
/// of examples/ (tests/vision/cuts_test.cpp).
class CutFinder {
 public:
  CutFinder();
  ~CutFinder();
  CutFinder(CutFinder&&) noexcept;
  CutFinder& operator=(CutFinder&&) noexcept;

  /// Whether `frame` begins another scene than the frames before it; never at the first. All frames
  /// of one film in their order, of one size.
  [[nodiscard]] bool cut_before(const image::Image& frame);

  /// Takes a frame in its turn without looking for a cut, which is quick: for frames that were
  /// looked at in an earlier run.
  void pass_over(const image::Image& frame);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace atelier::vision
