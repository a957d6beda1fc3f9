// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "atelier/fast/painter.hpp"
#include "atelier/jobs/stylize.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/style/style_statistics.hpp"

namespace atelier::jobs {

/// What several paintings share: the network, read once, and what is known of the styles. Each
/// painting is the same, byte for byte, as if it were made alone.
class Workshop {
 public:
  /// The backbone that the options name, read when it is another than the last one. Throws as
  /// load_backbone().
  [[nodiscard]] const nets::FeatureNet& net(const style::StylizeOptions& options);

  [[nodiscard]] const std::shared_ptr<style::StyleStatistics>& statistics() const noexcept {
    return statistics_;
  }

  /// The one-pass network that the options name, on a device, read when it is another.
  /// Makes references that net() returned invalid: it may read the network that this one sees with.
  [[nodiscard]] const fast::Painter& painter(const style::StylizeOptions& options,
                                             const std::string& device);

  style::OnScale on_scale;  ///< of the next paintings; empty: nobody asks

 private:
  nlohmann::json net_options_;  // that the network was read with
  std::optional<nets::FeatureNet> net_;
  std::unique_ptr<const fast::Painter> painter_;
  std::string painter_model_;
  std::shared_ptr<style::StyleStatistics> statistics_ = std::make_shared<style::StyleStatistics>();
};

/// jobs::stylize() in a workshop.
[[nodiscard]] StylizeReport stylize(const StylizeRequest& request, Workshop& workshop,
                                    const OnProgress& on_progress, std::stop_token stop);

/// The recipe that the painting asked for would have, as far as it is known before the work: tile
/// and engine may still be auto.
[[nodiscard]] Recipe planned_recipe(const StylizeRequest& request, Workshop& workshop);

}  // namespace atelier::jobs
