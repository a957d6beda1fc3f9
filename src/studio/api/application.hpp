// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "studio/api/routes.hpp"
#include "studio/http/message.hpp"

namespace atelier::studio {

/// The studio behind HTTP: who may ask, which route answers, and how every answer is closed to
/// others. Checks come in this order: Host, origin, rate, path and method, who asks, the page's
/// token, length of the body.
class StudioApplication : public http::Application {
 public:
  /// `studio` must outlive it.
  StudioApplication(Studio& studio, const std::vector<Route>& routes);

  std::pair<std::optional<http::Response>, std::unique_ptr<Exchange>> begin(
      http::Request request) override;
  http::Response refuse(int status) override;

 private:
  class Answering;

  /// Lets a request in. Throws Problem and Error where it is not.
  void admit(Answering& answering);
  /// The route that answers; else null, and `methods` are those that its path has.
  const Route* find_route(Call& call, std::vector<std::string>& methods) const;

  Studio& studio_;
  const std::vector<Route>& routes_;
};

}  // namespace atelier::studio
