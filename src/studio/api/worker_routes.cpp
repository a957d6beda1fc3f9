// SPDX-License-Identifier: Apache-2.0
#include "studio/api/routes.hpp"
#include "studio/queue/doing.hpp"
#include "studio/queue/workers.hpp"

namespace atelier::studio {

std::vector<Route> worker_routes() {
  return {
      {.method = "GET",
       .pattern = "/api/v1/workers",
       .handle =
           [](Call& call) {
             const auto doing = doing_now(call.studio.records);
             nlohmann::ordered_json list = nlohmann::ordered_json::array();
             for (const WorkerRecord& worker : call.studio.workers.list()) {
               list.push_back(to_json(worker));
               list.back()["doing"] = nlohmann::ordered_json::array();
               const auto of = doing.find(worker.id);
               if (of == doing.end()) continue;
               for (const Doing& one : of->second)
                 list.back()["doing"].push_back(
                     {{"job", one.job}, {"command", one.command}, {"label", one.label}});
             }
             return json_response({{"workers", list}});
           },
       .summary = "Workers, what each can, and when it was last seen"},
  };
}

}  // namespace atelier::studio
