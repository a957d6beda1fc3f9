// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

namespace atelier {

/// Looks for vectors of real pictures among `count` others, by the graph and by comparing all, and
/// prints how many of the ten nearest it finds, the time of each, and in how many cases a changed
/// copy finds its work first.
///
/// The vectors are the content of pictures in the folders, whole and in five parts: first of the
/// pictures as they are, then of changed copies of them (each mirrored and cut, recoloured and
/// recompressed) until there are `count`. Of every twentieth picture nothing is in the graph: its
/// whole is looked for. The picture ten after each of these is in the graph as it is and in no
/// other way: its changed copies are looked for. What was seen is kept in `kept`: a run that
/// was ended goes on from there, with the same folders.
void measure_vectors(const std::filesystem::path& kept, std::size_t count,
                     const std::vector<std::filesystem::path>& folders);

/// Of what measure_vectors() kept: takes every `every`th changed copy, compares it point by point
/// (vision/copies.hpp) with the 30 pictures that look most like it, and prints in how many cases
/// the work is then first, and how often another picture was taken for the same. The folders must
/// be named in the order that they were then. Throws Error bad_input where they are not.
void measure_points(const std::filesystem::path& kept, std::size_t every,
                    const std::vector<std::filesystem::path>& folders);

}  // namespace atelier
