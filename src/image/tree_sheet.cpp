// SPDX-License-Identifier: Apache-2.0
#include "atelier/image/tree_sheet.hpp"

#include <algorithm>
#include <optional>

#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "image/canvas.hpp"

namespace atelier::image {
namespace {

constexpr int line_width = 2;

/// A node with its place: `middle` px from the left, `generation` 0 for the child.
struct Placed {
  const TreeNode* node = nullptr;
  int generation = 0;
  double middle = 0;
  std::vector<Placed> parents;
};

/// Leaves stand side by side from `next` on, each below them in their middle.
Placed placed(const TreeNode& node, int generation, int column, int& next) {
  Placed result{&node, generation, 0, {}};
  for (const TreeNode& parent : node.parents) {
    result.parents.push_back(placed(parent, generation + 1, column, next));
  }
  if (result.parents.empty()) {
    result.middle = next + column / 2.0;
    next += column;
  } else {
    result.middle = (result.parents.front().middle + result.parents.back().middle) / 2;
  }
  return result;
}

int generations(const TreeNode& node) {
  int most = 0;
  for (const TreeNode& parent : node.parents) most = std::max(most, generations(parent));
  return most + 1;
}

class Drawing {
 public:
  Drawing(const TreeNode& child, int cell)
      : cell_(cell),
        gap_(std::max(cell / 8, 12)),
        type_(std::clamp(cell / 12, 13, 26)),
        row_(cell + 3 * type_ + 3 * gap_),
        rows_(generations(child)) {
    int next = gap_ / 2;
    root_ = placed(child, 0, cell_ + gap_, next);
    const Size size{next + gap_ / 2, rows_ * row_};
    if (std::max(size.width, size.height) > longest_edge) {
      fail(ErrorKind::invalid_argument,
           "the family tree would have {} x {} px, and at most {} are drawn; breed on from younger "
           "parents without --tree.",
           size.width, size.height, longest_edge);
    }
    canvas_.emplace(size);
  }

  Image make() {
    static_cast<void>(draw(root_));
    return canvas_->take();
  }

 private:
  [[nodiscard]] int top(int generation) const { return (rows_ - 1 - generation) * row_ + gap_; }

  /// Returns where its label ends, px from the top.
  int draw(const Placed& here) {
    const TreeNode& node = *here.node;
    const Size size = fit_long_edge({node.picture.width, node.picture.height}, cell_);
    const auto middle = static_cast<int>(here.middle);
    const int picture_top = top(here.generation);
    if (!here.parents.empty()) {
      // Down from each parent's label to a bar, along it, and down to the child.
      const int bar = picture_top - gap_;
      const auto left = static_cast<int>(here.parents.front().middle);
      const auto right = static_cast<int>(here.parents.back().middle);
      canvas_->draw_box({left, bar}, {right - left + line_width, line_width}, line_grey);
      canvas_->draw_box({middle, bar}, {line_width, gap_ / 2}, line_grey);
      for (const Placed& parent : here.parents) {
        const int from = draw(parent) + gap_ / 4;
        canvas_->draw_box({static_cast<int>(parent.middle), from}, {line_width, bar - from},
                          line_grey);
      }
    }
    canvas_->draw(resize(node.picture, size), {middle - size.width / 2, picture_top});
    const Text text = draw_text(node.label, type_, cell_, Align::centre, false);
    const int label_top = picture_top + cell_ + gap_ / 4;
    const int room = std::min(text.height, 3 * type_);
    Text shown{text.width, room, text.cover};
    canvas_->draw(shown, {middle - text.width / 2, label_top}, faint_ink);
    return label_top + room;
  }

  int cell_, gap_, type_, row_, rows_;
  Placed root_;
  std::optional<Canvas> canvas_;
};

}  // namespace

Image tree_sheet(const TreeNode& child, int cell) {
  return Drawing(child, cell).make();
}

}  // namespace atelier::image
