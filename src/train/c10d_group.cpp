// SPDX-License-Identifier: Apache-2.0
#include "train/c10d_group.hpp"

#include <ATen/ATen.h>

#include "atelier/base/error.hpp"

// The headers of Gloo and NCCL are packages of their own; a build without them trains alone.
#if __has_include(<torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>) && __has_include(<gloo/config.h>)
#ifndef USE_C10D_GLOO
#define USE_C10D_GLOO
#endif
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#define ATELIER_HAVE_GLOO
#endif

namespace atelier::train {

#ifdef ATELIER_HAVE_GLOO
namespace {

constexpr auto patience = std::chrono::minutes(5);

class C10dGroup final : public Group {
 public:
  explicit C10dGroup(const Meeting& meeting) : meeting_(meeting) {
    c10d::TCPStoreOptions options;
    options.port = static_cast<std::uint16_t>(meeting.port);
    options.isServer = meeting.rank == 0;
    options.numWorkers = static_cast<std::size_t>(meeting.size);
    options.timeout = patience;
    store_ = c10::make_intrusive<c10d::TCPStore>(meeting.address, options);
    auto gloo = c10d::ProcessGroupGloo::Options::create(patience);
    gloo->devices.push_back(c10d::ProcessGroupGloo::createDefaultDevice());
    group_ = c10::make_intrusive<c10d::ProcessGroupGloo>(store_, meeting.rank, meeting.size, gloo);
  }

  [[nodiscard]] int rank() const override { return meeting_.rank; }
  [[nodiscard]] int size() const override { return meeting_.size; }

  void average(const at::Tensor& tensor) override {
    // Gloo sums on the processor.
    at::Tensor here = tensor.detach().to(at::kCPU).contiguous();
    std::vector<at::Tensor> tensors{here};
    group_->allreduce(tensors)->wait();
    tensor.detach().copy_(here.div_(size()));
  }

  void barrier() override { group_->barrier()->wait(); }

 private:
  Meeting meeting_;
  c10::intrusive_ptr<c10d::TCPStore> store_;
  c10::intrusive_ptr<c10d::ProcessGroupGloo> group_;
};

}  // namespace

std::unique_ptr<Group> make_c10d_group(const Meeting& meeting, at::Device) {
  try {
    return std::make_unique<C10dGroup>(meeting);
  } catch (const Error&) {
    throw;
  } catch (const std::exception& error) {
    const std::string what = error.what();
    fail(ErrorKind::io, "process {} of {} did not meet the others at {}:{} ({}).", meeting.rank,
         meeting.size, meeting.address, meeting.port, what.substr(0, what.find('\n')));
  }
}
#else
std::unique_ptr<Group> make_c10d_group(const Meeting& meeting, at::Device) {
  fail(
      ErrorKind::missing_capability,
      "WORLD_SIZE is {}, but this build has no Gloo; install libgloo-dev and build again, or train "
      "in one process.",
      meeting.size);
}
#endif

}  // namespace atelier::train
