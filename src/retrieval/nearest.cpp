// SPDX-License-Identifier: Apache-2.0
#include "atelier/retrieval/nearest.hpp"

#include <faiss/IndexHNSW.h>
#include <faiss/impl/io.h>
#include <faiss/index_io.h>

#include <algorithm>
#include <cmath>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "tensor/kernels/dot.hpp"

namespace atelier::retrieval {
namespace {

constexpr int links = 32, candidates = 200;
constexpr std::uintmax_t most_bytes = std::uintmax_t{64} << 30;

/// FAISS's own loops are compiled for the oldest of processors; these are for the one at hand.
class UnitVectorDistances : public faiss::FlatCodesDistanceComputer {
 public:
  explicit UnitVectorDistances(const faiss::IndexFlat& vectors)
      : FlatCodesDistanceComputer(vectors.codes.data(), vectors.code_size),
        size_(static_cast<std::size_t>(vectors.d)) {}

  void set_query(const float* query) override { query_ = query; }
  float distance_to_code(const std::uint8_t* code) override {
    return squared(query_, reinterpret_cast<const float*>(code));
  }
  float symmetric_dis(idx_t i, idx_t j) override { return squared(vector(i), vector(j)); }

 private:
  [[nodiscard]] const float* vector(idx_t i) const {
    return reinterpret_cast<const float*>(codes + static_cast<std::size_t>(i) * code_size);
  }
  [[nodiscard]] float squared(const float* a, const float* b) const {
    return 2 - 2 * tensor::dot(a, b, size_);
  }

  std::size_t size_;
  const float* query_ = nullptr;
};

struct UnitVectors : faiss::IndexFlatL2 {
  explicit UnitVectors(faiss::IndexFlat vectors) : IndexFlatL2(vectors.d) {
    ntotal = vectors.ntotal;
    codes = std::move(vectors.codes);
  }
  [[nodiscard]] faiss::FlatCodesDistanceComputer* get_FlatCodesDistanceComputer() const override {
    return new UnitVectorDistances(*this);
  }
};

void append_direction(std::span<const float> vector, int dimension, std::vector<float>& to) {
  if (std::ssize(vector) != dimension) {
    fail(ErrorKind::invalid_argument, "a vector of {} numbers is not one of {}.", vector.size(),
         dimension);
  }
  double squares = 0;
  for (const float v : vector) squares += double{v} * v;
  if (!(squares > 0) || !std::isfinite(squares)) {
    fail(ErrorKind::invalid_argument, "a vector of zeros or of no finite length has no direction.");
  }
  const auto shrink = static_cast<float>(1 / std::sqrt(squares));
  for (const float v : vector) to.push_back(v * shrink);
}

}  // namespace

struct NearestIndex::Content {
  explicit Content(std::unique_ptr<faiss::IndexHNSWFlat> of) : graph(std::move(of)) {
    const std::unique_ptr<faiss::Index> before(graph->storage);
    graph->storage = new UnitVectors(std::move(dynamic_cast<faiss::IndexFlat&>(*before)));
    graph->hnsw.efConstruction = candidates;
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
  content_ = std::make_unique<Content>(std::make_unique<faiss::IndexHNSWFlat>(dimension, links));
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
    if (graph == nullptr || graph->ntotal != count ||
        dynamic_cast<faiss::IndexFlat*>(graph->storage) == nullptr) {
      refuse();
    }
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

void NearestIndex::add(std::span<const std::int64_t> ids, std::span<const float> vectors) {
  const auto size = static_cast<std::size_t>(dimension());
  if (vectors.size() != ids.size() * size) {
    fail(ErrorKind::invalid_argument, "{} numbers are not {} vectors of {}.", vectors.size(),
         ids.size(), size);
  }
  std::vector<float> units;
  units.reserve(vectors.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    append_direction(vectors.subspan(i * size, size), dimension(), units);
  }
  // FAISS lets more than a hundred new ones find their neighbours in no certain order.
  constexpr std::size_t most = 100;
  for (std::size_t from = 0; from < ids.size(); from += most) {
    const std::size_t count = std::min(most, ids.size() - from);
    content_->graph->add(static_cast<faiss::Index::idx_t>(count), units.data() + from * size);
  }
  content_->ids.insert(content_->ids.end(), ids.begin(), ids.end());
}

int NearestIndex::dimension() const noexcept {
  return content_->graph->d;
}

std::int64_t NearestIndex::size() const noexcept {
  return content_->graph->ntotal;
}

std::vector<Neighbour> NearestIndex::nearest(std::span<const float> query,
                                             std::size_t count) const {
  std::vector<float> unit;
  append_direction(query, dimension(), unit);
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
