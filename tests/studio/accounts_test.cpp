// SPDX-License-Identifier: Apache-2.0
// Who may do what, sees what, and how much of it.
#include "studio/queue/accounts.hpp"

#include <gmock/gmock.h>

#include <set>

#include "open_studio.hpp"
#include "studio/queue/usage.hpp"

namespace atelier::studio {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

/// Somebody with a token of the studio.
class Guest {
 public:
  Guest(OpenStudio& studio, json token) : studio_(studio) {
    const Answer made = studio.post("/api/v1/tokens", token);
    EXPECT_EQ(made.status, 201) << made.body;
    id = made.json()["id"];
    secret_ = made.json()["token"];
  }

  Answer ask(const std::string& method, const std::string& target, const std::string& body = {}) {
    return studio_.ask(method, target, fields(), body);
  }
  Answer post(const std::string& target, const json& body = json::object()) {
    return ask("POST", target, body.dump());
  }
  std::string upload(const std::string& content, const std::string& name = "a.txt") {
    return ask("POST", "/api/v1/files?name=" + name, content).json()["digest"];
  }
  [[nodiscard]] std::map<std::string, std::string> fields() const {
    return {{"Authorization", "Bearer " + secret_}};
  }

  std::string id;

 private:
  OpenStudio& studio_;
  std::string secret_;
};

json named(const std::string& name, const std::string& role = "member",
           json quotas = json::object()) {
  return {{"name", name}, {"role", role}, {"quotas", std::move(quotas)}};
}

/// Whom each route lets in, at least. What is not here is open to nobody but the owner, and the
/// test says so.
const std::map<std::pair<std::string, std::string>, Role> doors{
    {{"GET", "/login"}, Role::anybody},
    {{"POST", "/api/v1/session"}, Role::anybody},
    {{"GET", "/api/v1/health"}, Role::anybody},
    {{"GET", "/api/v1/ready"}, Role::anybody},
    {{"GET", "/api/v1/session"}, Role::viewer},
    {{"DELETE", "/api/v1/session"}, Role::viewer},
    {{"POST", "/api/v1/links"}, Role::viewer},
    {{"GET", "/api/v1/commands"}, Role::viewer},
    {{"GET", "/api/v1/commands/{name}"}, Role::viewer},
    {{"GET", "/api/v1/files"}, Role::viewer},
    {{"GET", "/api/v1/files/{digest}"}, Role::viewer},
    {{"GET", "/api/v1/files/{digest}/content"}, Role::viewer},
    {{"GET", "/api/v1/files/{digest}/thumbnail"}, Role::viewer},
    {{"GET", "/api/v1/jobs"}, Role::viewer},
    {{"GET", "/api/v1/jobs/{id}"}, Role::viewer},
    {{"GET", "/api/v1/jobs/{id}/preview"}, Role::viewer},
    {{"GET", "/api/v1/jobs/{id}/points"}, Role::viewer},
    {{"GET", "/api/v1/jobs/{id}/log"}, Role::viewer},
    {{"GET", "/api/v1/jobs/{id}/events"}, Role::viewer},
    {{"GET", "/api/v1/events"}, Role::viewer},
    {{"GET", "/api/v1/studio"}, Role::viewer},
    {{"GET", "/api/v1/openapi.json"}, Role::viewer},
    {{"POST", "/api/v1/files"}, Role::member},
    {{"DELETE", "/api/v1/files/{digest}"}, Role::member},
    {{"POST", "/api/v1/jobs"}, Role::member},
    {{"DELETE", "/api/v1/jobs/{id}"}, Role::member},
    {{"POST", "/api/v1/jobs/{id}/cancel"}, Role::member},
    {{"POST", "/api/v1/jobs/{id}/finish"}, Role::member},
    {{"POST", "/api/v1/jobs/{id}/retry"}, Role::member},
    {{"POST", "/api/v1/jobs/{id}/share"}, Role::member},
    {{"POST", "/api/v1/jobs/{id}/unshare"}, Role::member},
    {{"GET", "/api/v1/jobs/{id}/webhook"}, Role::member},
    {{"POST", "/api/v1/webhook-secret"}, Role::member},
    {{"GET", "/api/v1/tokens"}, Role::owner},
    {{"GET", "/api/v1/workers"}, Role::owner},
    {{"POST", "/api/v1/tokens"}, Role::owner},
    {{"PUT", "/api/v1/tokens/{id}"}, Role::owner},
    {{"DELETE", "/api/v1/tokens/{id}"}, Role::owner},
    {{"GET", "/api/v1/metrics"}, Role::owner},
};

TEST(Accounts, EveryRouteLetsInWhoMayAsk) {
  OpenStudio studio(0);
  std::map<Role, std::map<std::string, std::string>> visitors{
      {Role::anybody, {{"Authorization", ""}}}};
  for (const Role role : token_roles)
    visitors[role] =
        Guest(studio, named(role_name(role) + std::string(" too"), role_name(role))).fields();
  std::set<std::pair<std::string, std::string>> seen;
  for (const Route& route : all_routes()) {
    const auto door = std::pair{route.method, route.pattern};
    if (!route.pattern.starts_with("/api/") && route.pattern != "/login") {
      EXPECT_EQ(route.role, Role::anybody) << route.pattern;  // the page's own files
      continue;
    }
    seen.insert(door);
    ASSERT_TRUE(doors.contains(door)) << route.method << " " << route.pattern;
    const Role least = doors.at(door);
    EXPECT_EQ(route.role, least) << route.method << " " << route.pattern;
    // The two that answer 401 for another reason.
    if (route.pattern == "/login" || (least == Role::anybody && route.method == "POST")) continue;
    std::string path = route.pattern;
    for (std::size_t at; (at = path.find('{')) != path.npos;)
      path.replace(at, path.find('}') - at + 1, "none");
    for (const auto& [role, fields] : visitors) {
      // HEAD: what a stream answers, without its events.
      const std::string method = route.method == "GET" ? "HEAD" : route.method;
      const bool body = route.method == "POST" || route.method == "PUT";
      const int status = studio.ask(method, path, fields, body ? "{}" : "").status;
      const std::string what = fmt::format("{} {} as {}", method, path, role_name(role));
      if (role >= least) {
        EXPECT_NE(status, 401) << what;
        EXPECT_NE(status, 403) << what;
        EXPECT_LT(status, 500) << what;
      } else {
        EXPECT_EQ(status, role == Role::anybody ? 401 : 403) << what;
      }
    }
  }
  EXPECT_EQ(seen.size(), doors.size());
}

TEST(Accounts, AMemberSeesOnlyItsOwn) {
  OpenStudio studio(1);
  Guest anna(studio, named("anna")), ben(studio, named("ben"));
  const std::string file = anna.upload("anna's words");
  json request = act(1);
  request["inputs"] = {{"file", {file}}};
  const json job = studio.ended(anna.post("/api/v1/jobs", request).json()["id"]);
  ASSERT_EQ(job["state"], "done") << job.dump(2);
  const std::string path = "/api/v1/jobs/" + job["id"].get<std::string>();
  const std::string result = job["outputs"][0]["digest"];

  for (const std::string& target :
       {path, path + "/log", path + "/points", path + "/preview", path + "/events",
        "/api/v1/files/" + file, "/api/v1/files/" + result, "/api/v1/files/" + file + "/content",
        "/api/v1/files/" + result + "/content", "/api/v1/files/" + result + "/thumbnail"}) {
    EXPECT_EQ(ben.ask("GET", target).status, 404) << target;
  }
  EXPECT_EQ(ben.ask("DELETE", path).status, 404);
  EXPECT_EQ(ben.post(path + "/cancel").status, 404);
  EXPECT_EQ(ben.post(path + "/retry").status, 404);
  EXPECT_EQ(ben.post(path + "/share").status, 404);
  EXPECT_EQ(ben.ask("DELETE", "/api/v1/files/" + file).status, 404);
  EXPECT_TRUE(ben.ask("GET", "/api/v1/jobs").json()["jobs"].empty());
  EXPECT_TRUE(ben.ask("GET", "/api/v1/files").json()["files"].empty());
  EXPECT_EQ(ben.ask("GET", "/api/v1/studio").json()["jobs"]["done"], 0);
  EXPECT_EQ(ben.ask("GET", "/api/v1/studio").json()["files"]["count"], 0);
  // Another's file is no input, whoever knows its digest.
  request["options"]["seed"] = 2;
  EXPECT_EQ(ben.post("/api/v1/jobs", request).status, 400);

  EXPECT_EQ(anna.ask("GET", "/api/v1/files").json()["files"].size(), 2u);
  EXPECT_EQ(anna.ask("GET", "/api/v1/files/" + result + "/content").body, "seed 1\n");
  EXPECT_EQ(studio.ask("GET", path).status, 200);  // the owner sees everything
}

TEST(Accounts, WhatIsSharedIsLookedAtAndNotTouched) {
  OpenStudio studio(1);
  Guest anna(studio, named("anna")), ben(studio, named("ben")), eva(studio, named("eva", "viewer"));
  const json job = studio.ended(anna.post("/api/v1/jobs", act(1)).json()["id"]);
  const std::string path = "/api/v1/jobs/" + job["id"].get<std::string>();
  const std::string result = "/api/v1/files/" + job["outputs"][0]["digest"].get<std::string>();
  EXPECT_EQ(eva.ask("GET", path).status, 404);
  EXPECT_EQ(anna.post(path + "/share").json()["shared"], true);
  for (Guest* other : {&ben, &eva}) {
    EXPECT_EQ(other->ask("GET", path).status, 200);
    EXPECT_EQ(other->ask("GET", result + "/content").body, "seed 1\n");
    EXPECT_EQ(other->ask("GET", "/api/v1/jobs").json()["jobs"].size(), 1u);
    EXPECT_EQ(other->ask("DELETE", path).status, 403);
    EXPECT_EQ(other->post(path + "/unshare").status, 403);
  }
  EXPECT_EQ(ben.ask("DELETE", result).status, 409);
  EXPECT_EQ(studio.post(path + "/unshare", json::object()).json()["shared"], false);
  EXPECT_EQ(ben.ask("GET", path).status, 404);
  EXPECT_EQ(ben.ask("GET", result).status, 404);
}

TEST(Accounts, EventsAreTheirOwners) {
  OpenStudio studio(0);
  Guest anna(studio, named("anna")), ben(studio, named("ben"));
  const std::string before = anna.post("/api/v1/jobs", act(1)).json()["id"];
  RawClient client(studio.port());
  client.send(studio.request("GET", "/api/v1/events?after=0", ben.fields()));
  const std::string hidden = anna.post("/api/v1/jobs", act(2)).json()["id"];
  const std::string own = ben.post("/api/v1/jobs", act(3)).json()["id"];
  std::string text;
  while (text.find(own) == text.npos) {
    const std::string piece = client.receive(10'000);
    if (piece.empty()) break;
    text += piece;
  }
  EXPECT_THAT(text, HasSubstr(own));
  EXPECT_THAT(text, Not(HasSubstr(before)));
  EXPECT_THAT(text, Not(HasSubstr(hidden)));
}

TEST(Accounts, TheSameUploadOfTwoIsEachOnesOwn) {
  OpenStudio studio(0);
  Guest anna(studio, named("anna")), ben(studio, named("ben"));
  const std::string file = "/api/v1/files/" + anna.upload("the same", "annas.txt");
  const Answer second = ben.ask("POST", "/api/v1/files?name=bens.txt", "the same");
  EXPECT_EQ(second.status, 201);  // nothing tells that somebody had it
  EXPECT_EQ(second.json()["name"], "bens.txt");
  EXPECT_EQ(anna.ask("GET", file).json()["name"], "annas.txt");
  EXPECT_EQ(anna.ask("DELETE", file).status, 204);
  EXPECT_EQ(anna.ask("GET", file).status, 404);
  EXPECT_EQ(ben.ask("GET", file + "/content").body, "the same");
  EXPECT_EQ(ben.ask("DELETE", file).status, 204);
  EXPECT_EQ(studio.ask("GET", file).status, 404);
}

TEST(Accounts, AnUploadOutlivesTheJobThatMadeTheSame) {
  OpenStudio studio(1);
  Guest anna(studio, named("anna")), ben(studio, named("ben"));
  const json job = studio.ended(anna.post("/api/v1/jobs", act(7)).json()["id"]);
  const std::string file = "/api/v1/files/" + ben.upload("seed 7\n");
  EXPECT_EQ(file, "/api/v1/files/" + job["outputs"][0]["digest"].get<std::string>());
  EXPECT_EQ(anna.ask("DELETE", "/api/v1/jobs/" + job["id"].get<std::string>()).status, 204);
  EXPECT_EQ(ben.ask("GET", file + "/content").body, "seed 7\n");
  EXPECT_EQ(anna.ask("GET", file).status, 404);
}

TEST(Accounts, WhatTheStudioKeepsIsTheOwners) {
  OpenStudio studio(0);
  Guest anna(studio, named("anna")), second(studio, named("second", "owner"));
  EXPECT_EQ(anna.post("/api/v1/jobs", {{"command", "find"}}).status, 403);
  EXPECT_EQ(second.post("/api/v1/jobs", {{"command", "find"}}).status, 201);
  // Nor does the list name what would be refused.
  const auto offered = [](Guest& guest) {
    std::set<std::string> names;
    const json list = guest.ask("GET", "/api/v1/commands").json();
    for (const json& command : list["commands"]) names.insert(command["name"]);
    return names;
  };
  EXPECT_EQ(offered(anna), std::set<std::string>{"act"});
  EXPECT_EQ(offered(second), (std::set<std::string>{"act", "find", "whisper"}));
}

TEST(Accounts, JobsWaitingAreCounted) {
  OpenStudio studio(0);
  Guest anna(studio, named("anna", "member", {{"waiting_jobs", 2}}));
  const json first = anna.post("/api/v1/jobs", act(1)).json();
  EXPECT_EQ(anna.post("/api/v1/jobs", act(2)).status, 201);
  const Answer refused = anna.post("/api/v1/jobs", act(3));
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.field("retry-after"), "60");
  EXPECT_THAT(refused.json()["detail"].get<std::string>(), HasSubstr("when some are done"));
  const std::string path = "/api/v1/jobs/" + first["id"].get<std::string>();
  EXPECT_EQ(anna.post(path + "/cancel").status, 202);
  EXPECT_EQ(anna.post("/api/v1/jobs", act(3)).status, 201);
  EXPECT_EQ(anna.post(path + "/retry").status, 429);
  const json session = anna.ask("GET", "/api/v1/session").json();
  EXPECT_EQ(session["role"], "member");
  EXPECT_EQ(session["quotas"]["waiting_jobs"], 2);
  EXPECT_EQ(session["used"]["waiting_jobs"], 2);
  const json list = studio.ask("GET", "/api/v1/tokens").json();
  for (const json& token : list["tokens"])
    EXPECT_EQ(token["used"]["waiting_jobs"], token["name"] == "anna" ? 2 : 0) << token.dump();
  // The owner gives more, and the token is the same.
  EXPECT_EQ(studio
                .ask("PUT", "/api/v1/tokens/" + anna.id, {},
                     json{{"role", "member"}, {"quotas", {{"waiting_jobs", 3}}}}.dump())
                .status,
            200);
  EXPECT_EQ(anna.post(path + "/retry").status, 202);
}

TEST(Accounts, StorageIsCounted) {
  OpenStudio studio(1);
  const double gib = 1024.0 * 1024 * 1024;
  Guest anna(studio, named("anna", "member", {{"storage_gib", 10'000 / gib}}));
  Guest ben(studio, named("ben"));
  ben.upload(std::string(9000, 'b'));
  const std::string file = anna.upload(std::string(6000, 'a'));
  const Answer refused = anna.ask("POST", "/api/v1/files", std::string(6000, 'c'));
  EXPECT_EQ(refused.status, 507);
  EXPECT_THAT(refused.json()["detail"].get<std::string>(), HasSubstr("delete files"));
  // Where the length is not told before, as soon as it is known.
  RawClient client(studio.port());
  auto fields = anna.fields();
  fields["Transfer-Encoding"] = "chunked";
  client.send(studio.request("POST", "/api/v1/files", fields) + "1770\r\n" +
              std::string(6000, 'c') + "\r\n0\r\n\r\n");
  EXPECT_EQ(read_answer(client).status, 413);
  EXPECT_EQ(studio.ended(anna.post("/api/v1/jobs", act(1)).json()["id"])["state"], "done");
  anna.upload(std::string(3990, 'd'));
  // A result of seven bytes more than fills it.
  EXPECT_EQ(studio.ended(anna.post("/api/v1/jobs", act(2)).json()["id"])["state"], "done");
  EXPECT_EQ(anna.post("/api/v1/jobs", act(3)).status, 507);
  EXPECT_EQ(anna.ask("DELETE", "/api/v1/files/" + file).status, 204);
  EXPECT_EQ(anna.post("/api/v1/jobs", act(3)).status, 201);
}

TEST(Accounts, SecondsOfWorkersAreOfADay) {
  OpenStudio studio(0);
  Guest anna(studio, named("anna", "member", {{"worker_seconds_a_day", 100}}));
  for (std::uint64_t seed : {1, 2, 3}) anna.post("/api/v1/jobs", act(seed));
  Records records(studio.folder());
  const FileStore store(studio.folder());
  double now = next_day(now_seconds());  // tomorrow's first moment
  Queue queue(records, store, [&now] { return now; });
  const auto work = [&](double seconds) {
    const auto claimed = queue.claim();
    if (!claimed) return false;
    now += seconds;
    return queue.finish(claimed->second, json::object(), {}, "");
  };
  EXPECT_TRUE(work(60));
  EXPECT_TRUE(work(60));
  EXPECT_DOUBLE_EQ(used_by(records, "anna", now).worker_seconds, 120);
  EXPECT_FALSE(work(1));  // it waits
  now = next_day(now);
  EXPECT_DOUBLE_EQ(used_by(records, "anna", now).worker_seconds, 0);
  EXPECT_TRUE(work(1));

  spend(records.durable, "anna", now_seconds(), 100);
  const Answer refused = anna.post("/api/v1/jobs", act(4));
  EXPECT_EQ(refused.status, 429);
  const double wait = std::stod(refused.field("retry-after"));
  EXPECT_GT(wait, 0);
  EXPECT_LE(wait, 86'400);
  EXPECT_THAT(refused.json()["detail"].get<std::string>(), HasSubstr("T00:00:00Z"));
}

TEST(Accounts, BadTokensAreRefused) {
  OpenStudio studio(0);
  for (const json& bad :
       {json{{"name", "a"}, {"role", "anybody"}}, json{{"name", "a"}, {"role", 1}},
        json{{"name", "a"}, {"quotas", 1}}, json{{"name", "a"}, {"quotas", {{"discs", 1}}}},
        json{{"name", "a"}, {"quotas", {{"waiting_jobs", -1}}}},
        json{{"name", "a"}, {"quotas", {{"waiting_jobs", 1.5}}}},
        json{{"name", "a"}, {"quotas", {{"storage_gib", 1e300}}}}, json{{"role", "member"}}}) {
    EXPECT_EQ(studio.post("/api/v1/tokens", bad).status, 400) << bad;
  }
  const json owner{{"role", "viewer"}};
  EXPECT_EQ(studio.ask("PUT", "/api/v1/tokens/owner", {}, owner.dump()).status, 409);
  EXPECT_EQ(studio.ask("PUT", "/api/v1/tokens/none", {}, owner.dump()).status, 404);
}

}  // namespace
}  // namespace atelier::studio
