// SPDX-License-Identifier: Apache-2.0
#include "studio/api/routes.hpp"
#include "studio/queue/workers.hpp"

namespace atelier::studio {

std::vector<Route> worker_routes() {
  return {
      {.method = "GET",
       .pattern = "/api/v1/workers",
       .handle =
           [](Call& call) {
             nlohmann::ordered_json list = nlohmann::ordered_json::array();
             for (const WorkerRecord& worker : call.studio.workers.list())
               list.push_back(to_json(worker));
             return json_response({{"workers", list}});
           },
       .summary = "Workers, what each can, and when it was last seen"},
  };
}

}  // namespace atelier::studio
