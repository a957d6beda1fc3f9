// SPDX-License-Identifier: Apache-2.0
#include "vectors.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <numeric>
#include <span>
#include <string>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "atelier/retrieval/looks.hpp"
#include "atelier/retrieval/nearest.hpp"
#include "atelier/vision/copies.hpp"
#include "changes.hpp"
#include "jobs/inputs.hpp"
#include "nets/safetensors.hpp"

namespace atelier {
namespace {

namespace fs = std::filesystem;
using image::Image;

constexpr std::int64_t apart = 20, sought_after = 10, nearest = 10, not_changed = -1;
constexpr std::int64_t kept_every = 1001;  // steps

/// Unit vectors, one a row, and what each is of.
struct Rows {
  at::Tensor vectors;  ///< N x D, float32
  at::Tensor picture;  ///< N, int64
  at::Tensor change;   ///< N, int64: place in changes(), or not_changed
};

struct Seen {
  Rows graph, queries;
  std::int64_t pictures = 0, copies = 0;  ///< of which vectors are in the graph
  std::int64_t steps = 0;                 ///< that were taken, of all pictures and copies
};

void save(const Seen& seen, const fs::path& file);
Seen load(const fs::path& file);

double seconds_of(const std::function<void()>& f) {
  const auto began = std::chrono::steady_clock::now();
  f();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

/// The copies by which vectors are multiplied; none is one of changes(), which are looked for.
Image multiplied(const Image& picture, std::size_t round, std::uint64_t seed) {
  switch (round % 4) {
    case 0:
      return cut_somewhere(mirrored(picture), 0.6, seed);
    case 1:
      return compressed(tinted(picture, 1.1F, 0.95F, 0.8F), ".jpg", 35);
    case 2:
      return cut_somewhere(tinted(picture, 0.8F, 0.9F, 1.1F), 0.4, seed);
    default:
      return compressed(mirrored(tinted(picture, 0.7F, 0.7F, 0.7F)), ".webp", 50);
  }
}

std::vector<fs::path> files_in(const std::vector<fs::path>& folders) {
  std::vector<fs::path> files;
  for (const fs::path& folder : folders) {
    const std::vector<fs::path> in = jobs::pictures_below(folder);
    files.insert(files.end(), in.begin(), in.end());
  }
  return files;
}

class RowsBeingMade {
 public:
  void add(const std::vector<float>& vector, std::int64_t picture, std::int64_t change) {
    const at::Tensor row = at::tensor(vector);
    vectors_.push_back((row / row.norm()).unsqueeze(0));
    picture_.push_back(picture);
    change_.push_back(change);
  }
  void add(const Rows& rows) {
    if (rows.vectors.size(0) == 0) return;
    vectors_.push_back(rows.vectors);
    const auto append = [](std::vector<std::int64_t>& to, const at::Tensor& from) {
      to.insert(to.end(), from.data_ptr<std::int64_t>(),
                from.data_ptr<std::int64_t>() + from.size(0));
    };
    append(picture_, rows.picture);
    append(change_, rows.change);
  }
  [[nodiscard]] std::size_t size() const { return picture_.size(); }
  [[nodiscard]] Rows take() const {
    if (vectors_.empty())
      return {at::empty({0, 1}), at::empty({0}, at::kLong), at::empty({0}, at::kLong)};
    return {at::cat(vectors_), at::tensor(picture_), at::tensor(change_)};
  }

 private:
  std::vector<at::Tensor> vectors_;
  std::vector<std::int64_t> picture_, change_;
};

/// Looks at pictures and copies, and goes on where a run was ended.
class Looking {
 public:
  Looking(fs::path kept, std::size_t count)
      : kept_(std::move(kept)), count_(count), looker_(retrieval::Looker::load()) {
    if (!fs::exists(kept_)) return;
    const Seen before = load(kept_);
    graph_.add(before.graph);
    queries_.add(before.queries);
    pictures_ = before.pictures;
    copies_ = before.copies;
    steps_ = before.steps;
  }

  /// Pictures first, then copies of each in turn, another kind in each round.
  Seen at(const std::vector<fs::path>& folders) {
    const std::vector<fs::path> files = files_in(folders);
    const auto all = static_cast<std::int64_t>(files.size());
    const std::int64_t before = steps_;
    for (; steps_ < all || graph_.size() < count_; ++steps_) {
      if (steps_ > before && steps_ % kept_every == 0) save(seen(), kept_);
      const std::int64_t i = steps_ % all, round = steps_ / all;
      if (round == 0) {
        look_at(i, image::load(files[static_cast<std::size_t>(i)]));
      } else if (i % sought_after != 0) {
        const Image picture = image::load(files[static_cast<std::size_t>(i)]);
        keep(i, multiplied(picture, static_cast<std::size_t>(round - 1),
                           static_cast<std::uint64_t>(i)));
        ++copies_;
      }
    }
    if (steps_ > before) save(seen(), kept_);
    return seen();
  }

 private:
  [[nodiscard]] Seen seen() const {
    return {graph_.take(), queries_.take(), pictures_, copies_, steps_};
  }

  void look_at(std::int64_t i, const Image& picture) {
    if (i % apart == 0) {
      queries_.add(looker_.look(picture, "content"), i, not_changed);
      return;
    }
    keep(i, picture);
    ++pictures_;
    if (i % apart != sought_after) return;
    for (std::size_t c = 0; c < changes().size(); ++c) {
      const Image copy = changes()[c].apply(picture, static_cast<std::uint64_t>(i));
      queries_.add(looker_.look(copy, "content"), i, static_cast<std::int64_t>(c));
    }
  }

  void keep(std::int64_t i, const Image& picture) {
    if (steps_ % kept_every == 0) fmt::print(stderr, "{} vectors\n", graph_.size());
    for (const retrieval::Look& look : looker_.looks(picture)) {
      if (look.aspect == "content") graph_.add(look.vector, i, not_changed);
    }
  }

  fs::path kept_;
  std::size_t count_;
  retrieval::Looker looker_;
  RowsBeingMade graph_, queries_;
  std::int64_t pictures_ = 0, copies_ = 0, steps_ = 0;
};

void save(const Seen& seen, const fs::path& file) {
  nets::write_safetensors(file, {{{"graph.vectors", seen.graph.vectors},
                                  {"graph.picture", seen.graph.picture},
                                  {"graph.change", seen.graph.change},
                                  {"queries.vectors", seen.queries.vectors},
                                  {"queries.picture", seen.queries.picture},
                                  {"queries.change", seen.queries.change}},
                                 {{"pictures", std::to_string(seen.pictures)},
                                  {"copies", std::to_string(seen.copies)},
                                  {"steps", std::to_string(seen.steps)}}});
}

Seen load(const fs::path& file) {
  const nets::Safetensors kept = nets::read_safetensors(file);
  const auto& of = kept.tensors;
  return {{of.at("graph.vectors"), of.at("graph.picture"), of.at("graph.change")},
          {of.at("queries.vectors"), of.at("queries.picture"), of.at("queries.change")},
          std::stoll(kept.metadata.at("pictures")),
          std::stoll(kept.metadata.at("copies")),
          std::stoll(kept.metadata.at("steps"))};
}

std::span<const float> row(const at::Tensor& vectors, std::int64_t i) {
  return {vectors.data_ptr<float>() + i * vectors.size(1),
          static_cast<std::size_t>(vectors.size(1))};
}

/// What is counted of queries of one kind.
struct Tally {
  double queries = 0, as_near = 0, work_first = 0;
  double by_graph = 0, exactly = 0, slowest = 0;  // s
};

/// A vector found counts where it is as near as the tenth by exact comparison: works in several
/// folders are equally near, and either may be told.
Tally asked(const Seen& seen, const retrieval::NearestIndex& index, std::int64_t change) {
  constexpr float rounding = 1e-5F;
  Tally tally;
  for (std::int64_t q = 0; q < seen.queries.change.size(0); ++q) {
    if (seen.queries.change[q].item<std::int64_t>() != change) continue;
    std::vector<retrieval::Neighbour> near;
    const double took = seconds_of([&] {
      near = index.nearest(row(seen.queries.vectors, q), static_cast<std::size_t>(nearest));
    });
    float tenth = 0;
    tally.exactly += seconds_of([&] {
      const at::Tensor likeness = at::mv(seen.graph.vectors, seen.queries.vectors[q]);
      tenth = std::get<0>(likeness.topk(nearest)).min().item<float>();
    });
    tally.by_graph += took;
    tally.slowest = std::max(tally.slowest, took);
    ++tally.queries;
    for (const retrieval::Neighbour& n : near)
      tally.as_near += n.likeness >= tenth - rounding ? 1 : 0;
    const auto first = seen.graph.picture[near.front().id].item<std::int64_t>();
    tally.work_first += first == seen.queries.picture[q].item<std::int64_t>() ? 1 : 0;
  }
  return tally;
}

void print(const std::string& name, const Tally& of) {
  fmt::print(
      "{:18} {:5.0f} queries, {:.4f} of the ten nearest, {:.2f} ms (slowest {:.2f}), exactly "
      "{:.2f} "
      "ms",
      name, of.queries, of.as_near / of.queries / nearest, 1e3 * of.by_graph / of.queries,
      1e3 * of.slowest, 1e3 * of.exactly / of.queries);
}

/// The pictures that look most like a query, each once, the likest first.
std::vector<std::int64_t> likest(const Seen& seen, std::int64_t query, std::size_t count) {
  const at::Tensor likeness = at::mv(seen.graph.vectors, seen.queries.vectors[query]);
  const at::Tensor order = likeness.argsort(0, /*descending=*/true);
  std::vector<std::int64_t> pictures;
  for (std::int64_t i = 0; pictures.size() < count; ++i) {
    const auto picture = seen.graph.picture[order[i].item<std::int64_t>()].item<std::int64_t>();
    if (std::find(pictures.begin(), pictures.end(), picture) == pictures.end())
      pictures.push_back(picture);
  }
  return pictures;
}

void check_order(const Seen& seen, const std::vector<fs::path>& files) {
  const retrieval::Looker looker = retrieval::Looker::load();
  const auto picture = seen.graph.picture[-1].item<std::int64_t>() / 2;
  const at::Tensor look =
      at::tensor(looker.look(image::load(files.at(static_cast<std::size_t>(picture))), "content"));
  const at::Tensor kept = seen.graph.vectors.index_select(
      0, (seen.graph.picture == picture).nonzero().squeeze(1).slice(0, 0, 1))[0];
  if (at::dot(look / look.norm(), kept).item<float>() < 0.99F)
    fail(ErrorKind::bad_input,
         "the folders are not those that were looked through, or not in order.");
}

}  // namespace

void measure_points(const fs::path& kept, std::size_t every, const std::vector<fs::path>& folders) {
  constexpr std::size_t compared = 30;
  const Seen seen = load(kept);
  const std::vector<fs::path> files = files_in(folders);
  check_order(seen, files);
  std::vector<double> queries(changes().size()), first(changes().size()), others(changes().size());
  for (std::int64_t q = 0; q < seen.queries.change.size(0); ++q) {
    const auto picture = seen.queries.picture[q].item<std::int64_t>();
    const auto change = seen.queries.change[q].item<std::int64_t>();
    if (change == not_changed || static_cast<std::size_t>(picture / apart) % every != 0) continue;
    const auto c = static_cast<std::size_t>(change);
    const Image work = image::load(files[static_cast<std::size_t>(picture)]);
    const vision::CopyFinder finder(changes()[c].apply(work, static_cast<std::uint64_t>(picture)));
    std::int64_t best = -1;
    int agreeing = 0;
    for (const std::int64_t like : likest(seen, q, compared)) {
      const auto copy = finder.in(image::load(files[static_cast<std::size_t>(like)]));
      if (!copy) continue;
      others[c] += like == picture ? 0 : 1;
      if (copy->agreeing > agreeing) best = like;
      agreeing = std::max(agreeing, copy->agreeing);
    }
    if (best < 0) best = likest(seen, q, 1).front();
    ++queries[c];
    first[c] += best == picture ? 1 : 0;
  }
  for (std::size_t c = 0; c < queries.size(); ++c) {
    fmt::print("{:18} {:4.0f} queries, the work first in {:5.1f} %, {:.0f} others taken for it\n",
               changes()[c].name, queries[c], 100 * first[c] / queries[c], others[c]);
  }
}

void measure_vectors(const fs::path& kept, std::size_t count,
                     const std::vector<fs::path>& folders) {
  const Seen seen = Looking(kept, count).at(folders);
  const at::Tensor& all = seen.graph.vectors;
  retrieval::NearestIndex index(static_cast<int>(all.size(1)));
  std::vector<std::int64_t> places(static_cast<std::size_t>(all.size(0)));
  std::iota(places.begin(), places.end(), 0);
  const double built = seconds_of([&] {
    index.add(places, {all.data_ptr<float>(), static_cast<std::size_t>(all.numel())});
  });
  fmt::print("{} vectors of {} numbers: {} pictures and {} changed copies; built in {:.0f} s\n",
             all.size(0), all.size(1), seen.pictures, seen.copies, built);
  print("of other pictures", asked(seen, index, not_changed));
  fmt::print("\n");
  for (std::size_t c = 0; c < changes().size(); ++c) {
    const Tally of = asked(seen, index, static_cast<std::int64_t>(c));
    print(changes()[c].name, of);
    fmt::print(", the work first in {:.1f} %\n", 100 * of.work_first / of.queries);
  }
}

}  // namespace atelier
