// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace atelier::style {

struct Step;

/// A painting in progress, kept in a file, so that the program may end at any moment and the
/// painting is gone on with. On the same machine the result is, byte for byte, that of a run that
/// was never stopped.
///
/// The file is written whole or not at all, when so many seconds have gone by and when the painting
/// is stopped. It holds the picture, all that the optimiser remembers, the best picture so far, the
/// losses of all steps and the time that they took; what follows from the pictures and options is
/// computed anew. Writing takes less than a hundredth of the time: where it is slow, it is done
/// more seldom. A picture that lies in scratch files is written from there, in the memory of a
/// part.
///
/// Size: with L-BFGS up to 25 pictures of 12 bytes a pixel (75 MB at 512 x 512), with Adam 5.
class Checkpoint {
 public:
  /// Reads what a run before left in `file`, if anything. `every`: seconds between two, at least.
  /// `painting`: all that decides the result. Throws Error bad_input when the file is damaged or of
  /// another kind, invalid_argument when it is of another painting.
  Checkpoint(std::filesystem::path file, double every, std::string painting);
  ~Checkpoint();
  Checkpoint(const Checkpoint&) = delete;
  Checkpoint& operator=(const Checkpoint&) = delete;

  /// Those that were taken before and are not taken again; none: the painting begins.
  [[nodiscard]] const std::vector<Step>& steps() const noexcept;

  /// Seconds that were spent on writing so far.
  [[nodiscard]] double seconds() const noexcept;

  /// Why it is written no more, one sentence; empty: nothing went wrong.
  [[nodiscard]] const std::string& trouble() const noexcept;

  /// The painting is done: the file goes. No error when there is none.
  void remove() noexcept;

  class Held;  // src/style/held_checkpoint.hpp
  [[nodiscard]] Held& held() const noexcept { return *held_; }

 private:
  std::unique_ptr<Held> held_;
};

}  // namespace atelier::style
