// SPDX-License-Identifier: Apache-2.0
#include "atelier/retrieval/nearest.hpp"

#include <faiss/IndexHNSW.h>
#include <faiss/impl/io.h>
#include <faiss/index_io.h>

#include <algorithm>
#include <cmath>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"

namespace atelier::retrieval {
namespace {

constexpr int links = 32, candidates = 200;
constexpr std::uintmax_t most_bytes = std::uintmax_t{64} << 30;

std::vector<float> direction(std::span<const float> vector, int dimension) {
  if (std::ssize(vector) != dimension) {
    fail(ErrorKind::invalid_argument, "a vector of {} numbers is not one of {}.", vector.size(),
         dimension);
  }
  double squares = 0;
  for (const float v : vector) squares += double{v} * v;
  if (!(squares > 0) || !std::isfinite(squares)) {
    fail(ErrorKind::invalid_argument, "a vector of zeros or of no finite length has no direction.");
  }
  std::vector<float> unit(vector.begin(), vector.end());
  const auto shrink = static_cast<float>(1 / std::sqrt(squares));
  for (float& v : unit) v *= shrink;
  return unit;
}

}  // namespace

struct NearestIndex::Content {
  explicit Content(int dimension)
      : graph(std::make_unique<faiss::IndexHNSWFlat>(dimension, links)) {
    graph->hnsw.efConstruction = candidates;
    graph->hnsw.efSearch = candidates;
  }
  explicit Content(std::unique_ptr<faiss::IndexHNSWFlat> read) : graph(std::move(read)) {
    graph->hnsw.efSearch = candidates;
  }

  std::unique_ptr<faiss::IndexHNSWFlat> graph;
  std::vector<std::int64_t> ids;  // of its vectors in turn
};

NearestIndex::NearestIndex(int dimension) {
  constexpr int most = 65536;
  if (dimension < 1 || dimension > most) {
    fail(ErrorKind::invalid_argument, "an index of {} numbers a vector is not within 1..{}.",
         dimension, most);
  }
  content_ = std::make_unique<Content>(dimension);
}

NearestIndex::NearestIndex(NearestIndex&&) noexcept = default;
NearestIndex& NearestIndex::operator=(NearestIndex&&) noexcept = default;
NearestIndex::~NearestIndex() = default;

void NearestIndex::save(const std::filesystem::path& file) const {
  faiss::VectorIOWriter writer;
  faiss::write_index(content_->graph.get(), &writer);
  const auto count = static_cast<std::int64_t>(content_->ids.size());
  std::string bytes(reinterpret_cast<const char*>(&count), sizeof(count));
  bytes.append(reinterpret_cast<const char*>(content_->ids.data()),
               content_->ids.size() * sizeof(std::int64_t));
  bytes.append(reinterpret_cast<const char*>(writer.data.data()), writer.data.size());
  write_file(file, bytes);
}

NearestIndex NearestIndex::load(const std::filesystem::path& file) {
  const std::string bytes = read_file(file, most_bytes);
  const auto refuse = [&] {
    fail(ErrorKind::bad_input, "{} is no index, or is damaged; remove it, and it is made anew.",
         file.string());
  };
  std::int64_t count = 0;
  if (bytes.size() < sizeof(count)) refuse();
  std::copy_n(bytes.data(), sizeof(count), reinterpret_cast<char*>(&count));
  const std::size_t room = (bytes.size() - sizeof(count)) / sizeof(std::int64_t);
  if (count < 0 || static_cast<std::size_t>(count) > room) refuse();
  std::vector<std::int64_t> ids(static_cast<std::size_t>(count));
  const std::size_t ids_size = ids.size() * sizeof(std::int64_t);
  std::copy_n(bytes.data() + sizeof(count), ids_size, reinterpret_cast<char*>(ids.data()));
  faiss::VectorIOReader reader;
  const auto* rest = reinterpret_cast<const std::uint8_t*>(bytes.data());
  reader.data.assign(rest + sizeof(count) + ids_size, rest + bytes.size());
  try {
    std::unique_ptr<faiss::Index> index(faiss::read_index(&reader));
    auto* graph = dynamic_cast<faiss::IndexHNSWFlat*>(index.get());
    if (graph == nullptr || graph->ntotal != count) refuse();
    static_cast<void>(index.release());
    NearestIndex result(graph->d);
    result.content_ = std::make_unique<Content>(std::unique_ptr<faiss::IndexHNSWFlat>(graph));
    result.content_->ids = std::move(ids);
    return result;
  } catch (const faiss::FaissException&) {
    refuse();
  }
  fail(ErrorKind::internal, "an index was neither read nor refused.");
}

void NearestIndex::add(std::int64_t id, std::span<const float> vector) {
  const std::vector<float> unit = direction(vector, dimension());
  content_->graph->add(1, unit.data());
  content_->ids.push_back(id);
}

int NearestIndex::dimension() const noexcept {
  return content_->graph->d;
}

std::int64_t NearestIndex::size() const noexcept {
  return content_->graph->ntotal;
}

std::vector<Neighbour> NearestIndex::nearest(std::span<const float> query,
                                             std::size_t count) const {
  const std::vector<float> unit = direction(query, dimension());
  const auto asked = std::min<faiss::Index::idx_t>(static_cast<faiss::Index::idx_t>(count), size());
  if (asked == 0) return {};
  std::vector<float> distances(static_cast<std::size_t>(asked));  // squared, of unit vectors
  std::vector<faiss::Index::idx_t> places(distances.size());
  content_->graph->search(1, unit.data(), asked, distances.data(), places.data());
  std::vector<Neighbour> found;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i] < 0) continue;
    found.push_back({content_->ids[static_cast<std::size_t>(places[i])], 1 - distances[i] / 2});
  }
  return found;
}

}  // namespace atelier::retrieval
