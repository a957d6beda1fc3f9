// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>
#include <vector>

#include "jobs/sources/picture_source.hpp"

namespace atelier::jobs {

/// Pictures that lie on the disk and are known before reading.
class ListedPictures final : public PictureSource {
 public:
  explicit ListedPictures(std::vector<FoundPicture> pictures) : pictures_(std::move(pictures)) {}

  [[nodiscard]] std::int64_t size() const override {
    return static_cast<std::int64_t>(pictures_.size());
  }
  void each(const std::function<void(const FoundPicture&)>& visit) const override {
    for (const FoundPicture& picture : pictures_) visit(picture);
  }

 private:
  std::vector<FoundPicture> pictures_;
};

}  // namespace atelier::jobs
