// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <zlib.h>

#include <fstream>
#include <set>

#include "open_studio.hpp"

namespace atelier::studio {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(StudioApi, UploadsServesAndDeletesAFile) {
  OpenStudio studio(0);
  const std::string content = "A poem\nof two lines\n";
  const Answer first = studio.ask("POST", "/api/v1/files?name=poem.txt", {}, content);
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(first.json()["kind"], "text");
  EXPECT_EQ(first.json()["bytes"], content.size());
  EXPECT_EQ(studio.ask("POST", "/api/v1/files?name=other.txt", {}, content).status, 200);
  const std::string file = "/api/v1/files/" + first.json()["digest"].get<std::string>();
  const Answer whole = studio.ask("GET", file + "/content");
  EXPECT_EQ(whole.body, content);
  EXPECT_EQ(whole.field("etag"), "\"" + first.json()["digest"].get<std::string>() + "\"");
  const Answer part = studio.ask("GET", file + "/content", {{"Range", "bytes=2-5"}});
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, "poem");
  EXPECT_EQ(part.field("content-range"), fmt::format("bytes 2-5/{}", content.size()));
  EXPECT_EQ(studio.ask("GET", file + "/content", {{"Range", "bytes=900-"}}).status, 416);
  EXPECT_EQ(studio.ask("GET", file + "/content", {{"If-None-Match", whole.field("etag")}}).status,
            304);
  EXPECT_EQ(
      studio.ask("GET", file + "/content", {{"Range", "bytes=2-5"}, {"If-Range", "\"another\""}})
          .status,
      200);
  const Answer head = studio.ask("HEAD", file + "/content");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.field("content-length"), std::to_string(content.size()));
  EXPECT_TRUE(head.body.empty());
  EXPECT_EQ(studio.ask("GET", "/api/v1/files").json()["files"].size(), 1u);
  EXPECT_EQ(studio.ask("DELETE", file).status, 204);
  EXPECT_EQ(studio.ask("GET", file).status, 404);
  EXPECT_TRUE(std::filesystem::is_empty(studio.folder() / "incoming"));
}

TEST(StudioApi, DoesAJobFromItsFileToItsResult) {
  OpenStudio studio(1);
  const std::string digest = studio.upload("some text");
  json request = act(5, {{"steps", 3}});
  request["inputs"] = {{"file", {digest}}};
  request["label"] = "mine";
  const Answer made = studio.post("/api/v1/jobs", request);
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.field("location"), "/api/v1/jobs/" + made.json()["id"].get<std::string>());
  const json job = studio.ended(made.json()["id"]);
  EXPECT_EQ(job["state"], "done") << job.dump(2);
  EXPECT_EQ(job["label"], "mine");
  EXPECT_EQ(job["attempts"], 1);
  EXPECT_EQ(job["request"]["options"]["seed"], 5);
  ASSERT_EQ(job["outputs"].size(), 1u);
  EXPECT_EQ(job["outputs"][0]["file_name"], "result.txt");
  EXPECT_EQ(job["outputs"][0]["name"], "result");
  const std::string result = job["outputs"][0]["digest"];
  EXPECT_EQ(job["report"]["output"], result);
  EXPECT_EQ(job["report"]["model"], "model");
  EXPECT_EQ(studio.ask("GET", "/api/v1/files/" + result + "/content").body, "seed 5\n");
  const std::string path = "/api/v1/jobs/" + job["id"].get<std::string>();
  EXPECT_EQ(studio.ask("GET", path + "/log").body, "this is the log\n");
  const json points = studio.ask("GET", path + "/points").json()["points"];
  ASSERT_FALSE(points.empty());
  EXPECT_EQ(points.back()["done"], 3);
  // The job's folder goes a moment after the job has ended.
  for (int i = 0; i < 200 && !std::filesystem::is_empty(studio.folder() / "jobs"); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_TRUE(std::filesystem::is_empty(studio.folder() / "jobs"));
  // Its input may go, its result not before the job.
  EXPECT_EQ(studio.ask("DELETE", "/api/v1/files/" + result).status, 409);
  EXPECT_EQ(studio.ask("DELETE", "/api/v1/files/" + digest).status, 204);
  EXPECT_EQ(studio.ask("DELETE", path).status, 204);
  EXPECT_EQ(studio.ask("GET", "/api/v1/files/" + result).status, 404);
}

TEST(StudioApi, SaysWhyAJobFailed) {
  OpenStudio studio(1);
  const json refused =
      studio.ended(studio.post("/api/v1/jobs", act(1, {{"end", "refuse"}})).json()["id"]);
  EXPECT_EQ(refused["state"], "failed");
  EXPECT_EQ(refused["error"]["status"], 422);
  EXPECT_EQ(refused["error"]["detail"], "it cannot be done; ask for less.");
  const json crashed =
      studio.ended(studio.post("/api/v1/jobs", act(2, {{"end", "crash"}})).json()["id"]);
  EXPECT_EQ(crashed["state"], "set_aside");
  EXPECT_EQ(crashed["attempts"], 2);
  EXPECT_THAT(crashed["error"]["detail"].get<std::string>(), HasSubstr("signal 6"));
  const std::string path = "/api/v1/jobs/" + crashed["id"].get<std::string>();
  EXPECT_THAT(studio.ask("GET", path + "/log").body, HasSubstr("this is the log"));
  EXPECT_EQ(studio.post(path + "/retry", json::object()).status, 202);
  EXPECT_EQ(studio.ended(crashed["id"])["state"], "set_aside");
  EXPECT_EQ(studio.ask("DELETE", path).status, 204);
}

TEST(StudioApi, TakesNoLinkForAResult) {
  OpenStudio studio(1);
  const json job =
      studio.ended(studio.post("/api/v1/jobs", act(1, {{"end", "link"}})).json()["id"]);
  EXPECT_TRUE(job["outputs"].empty()) << job.dump(2);
}

TEST(StudioApi, CancelsWithinASecondEvenWhoDoesNotListen) {
  OpenStudio studio(1);
  const Answer made =
      studio.post("/api/v1/jobs", act(1, {{"steps", 1000}, {"pause", 100}, {"stubborn", true}}));
  const std::string path = "/api/v1/jobs/" + made.json()["id"].get<std::string>();
  while (studio.ask("GET", path).json()["progress"].is_null()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  const auto asked = std::chrono::steady_clock::now();
  EXPECT_EQ(studio.post(path + "/cancel", json::object()).status, 202);
  const json job = studio.ended(made.json()["id"], 5000);
  EXPECT_EQ(job["state"], "cancelled");
  EXPECT_LT(std::chrono::steady_clock::now() - asked, std::chrono::milliseconds(1500));
  EXPECT_EQ(studio.post(path + "/cancel", json::object()).status, 200);
}

TEST(StudioApi, EndsAPaintingWithWhatThereIs) {
  OpenStudio studio(1);
  const json request = act(1, {{"steps", 300}, {"pause", 20}, {"keeps", true}});
  const std::string id = studio.post("/api/v1/jobs", request).json()["id"];
  const std::string path = "/api/v1/jobs/" + id;
  json progress;
  do {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    progress = studio.ask("GET", path).json()["progress"];
  } while (progress.is_null() || progress["done"] < 3);
  EXPECT_EQ(progress["may_finish"], true);
  EXPECT_EQ(studio.post(path + "/finish", json::object()).status, 202);
  const json job = studio.ended(id);
  EXPECT_EQ(job["state"], "done");
  ASSERT_EQ(job["outputs"].size(), 1u);
  const std::string result = job["outputs"][0]["digest"];
  EXPECT_THAT(studio.ask("GET", "/api/v1/files/" + result + "/content").body,
              StartsWith("as far as step "));
  EXPECT_EQ(studio.post(path + "/finish", json::object()).status, 409);
  // Nobody who asks for the whole gets what was ended early.
  const json whole = studio.post("/api/v1/jobs", act(1, {{"steps", 300}, {"keeps", true}})).json();
  EXPECT_EQ(studio.ended(whole["id"])["state"], "done");
  const json same = studio.post("/api/v1/jobs", request).json();
  EXPECT_EQ(same["reused"], false);
  studio.post("/api/v1/jobs/" + same["id"].get<std::string>() + "/cancel", json::object());
  // One that had made nothing is stopped.
  const std::string empty =
      studio
          .post("/api/v1/jobs",
                act(3, {{"steps", 300}, {"pause", 20}, {"keeps", true}, {"end", "link"}}))
          .json()["id"];
  while (studio.post("/api/v1/jobs/" + empty + "/finish", json::object()).status != 202)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_EQ(studio.ended(empty)["state"], "cancelled");
  // What keeps nothing cannot.
  const std::string other =
      studio.post("/api/v1/jobs", act(2, {{"steps", 300}, {"pause", 20}})).json()["id"];
  while (studio.ask("GET", "/api/v1/jobs/" + other).json()["progress"].is_null())
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_EQ(studio.post("/api/v1/jobs/" + other + "/finish", json::object()).status, 409);
}

TEST(StudioApi, IdempotencyKeyMakesOneJob) {
  OpenStudio studio(0);
  const std::map<std::string, std::string> key{{"Idempotency-Key", "k"}};
  const Answer first = studio.ask("POST", "/api/v1/jobs", key, act(1).dump());
  const Answer again = studio.ask("POST", "/api/v1/jobs", key, act(1).dump());
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(first.json()["id"], again.json()["id"]);
  EXPECT_EQ(studio.ask("POST", "/api/v1/jobs", key, act(2).dump()).status, 422);
  EXPECT_EQ(studio.ask("POST", "/api/v1/jobs", {{"Idempotency-Key", "a b"}}, act(2).dump()).status,
            400);
}

TEST(StudioApi, ListsInPages) {
  OpenStudio studio(0);
  for (std::uint64_t i = 0; i < 5; ++i) studio.post("/api/v1/jobs", act(i));
  const json first = studio.ask("GET", "/api/v1/jobs?limit=3").json();
  EXPECT_EQ(first["jobs"].size(), 3u);
  const json second =
      studio.ask("GET", "/api/v1/jobs?limit=3&before=" + first["next"].get<std::string>()).json();
  EXPECT_EQ(second["jobs"].size(), 2u);
  EXPECT_TRUE(second["next"].is_null());
  EXPECT_EQ(studio.ask("GET", "/api/v1/jobs?state=done").json()["jobs"].size(), 0u);
  EXPECT_EQ(studio.ask("GET", "/api/v1/jobs?state=odd").status, 400);
  EXPECT_EQ(studio.ask("GET", "/api/v1/jobs?limit=0").status, 400);
}

/// All that an event stream says until it ends or `until` is in it.
std::string listen(RawClient& client, const std::string& until) {
  std::string text;
  while (text.find(until) == text.npos) {
    const std::string piece = client.receive(10'000);
    if (piece.empty()) break;
    text += piece;
  }
  return text;
}

TEST(StudioApi, StreamsAJobToItsEnd) {
  OpenStudio studio(1);
  const json job =
      studio.post("/api/v1/jobs", act(1, {{"steps", 5}, {"pause", 150}, {"end", "text"}})).json();
  const std::string path = "/api/v1/jobs/" + job["id"].get<std::string>();
  RawClient client(studio.port());
  client.send(studio.request("GET", path + "/events"));
  const std::string text = listen(client, "no such words, so to the end");
  EXPECT_THAT(text, HasSubstr("Content-Type: text/event-stream"));
  EXPECT_THAT(text, HasSubstr("\"stage\":\"acting\""));
  EXPECT_THAT(text, HasSubstr("/preview?digest="));
  EXPECT_THAT(text, HasSubstr("\"text\":\"first last\""));
  EXPECT_THAT(text, HasSubstr("\"state\":\"done\""));
  // Versions only grow.
  std::int64_t last = 0;
  for (std::size_t at = 0; (at = text.find("\nid: ", at)) != text.npos; ++at) {
    const std::int64_t version = std::stoll(text.substr(at + 5));
    EXPECT_GT(version, last);
    last = version;
  }
  EXPECT_EQ(studio.ask("GET", path + "/events", {{"Last-Event-ID", std::to_string(last)}}).status,
            204);
}

TEST(StudioApi, StreamsResumeWhereTheyEnded) {
  OpenStudio studio(1);
  const json first = studio.post("/api/v1/jobs", act(1)).json();
  const json done = studio.ended(first["id"]);
  const json second = studio.post("/api/v1/jobs", act(2)).json();
  studio.ended(second["id"]);
  RawClient client(studio.port());
  client.send(
      studio.request("GET", fmt::format("/api/v1/events?after={}", done["version"].get<int>())));
  const std::string text = listen(client, "\"state\":\"done\"");
  EXPECT_THAT(text, HasSubstr(second["id"].get<std::string>()));
  EXPECT_THAT(text, Not(HasSubstr(first["id"].get<std::string>())));
  studio.ask("DELETE", "/api/v1/jobs/" + first["id"].get<std::string>());
  EXPECT_THAT(listen(client, "event: deleted"), HasSubstr(first["id"].get<std::string>()));
}

TEST(StudioApi, ASessionOpensByALinkOnce) {
  OpenStudio studio(0);
  const std::string link = "/login?token=" + studio.studio().accounts.make_link("owner");
  const std::map<std::string, std::string> nobody{{"Authorization", ""}};
  const Answer opened = studio.ask("GET", link, nobody);
  EXPECT_EQ(opened.status, 303);
  EXPECT_EQ(opened.field("location"), "/");
  const std::string cookie = opened.field("set-cookie");
  EXPECT_THAT(cookie, HasSubstr("HttpOnly"));
  EXPECT_THAT(cookie, HasSubstr("SameSite=Strict"));
  EXPECT_EQ(studio.ask("GET", link, nobody).status, 401);
  std::map<std::string, std::string> page{{"Authorization", ""},
                                          {"Cookie", cookie.substr(0, cookie.find(';'))}};
  const Answer session = studio.ask("GET", "/api/v1/session", page);
  EXPECT_EQ(session.status, 200);
  EXPECT_EQ(session.json()["name"], "owner");
  EXPECT_EQ(studio.ask("POST", "/api/v1/jobs", page, act(1).dump()).status, 403);
  page["X-CSRF-Token"] = std::string(session.json()["csrf"].get<std::string>().size(), '0');
  EXPECT_EQ(studio.ask("POST", "/api/v1/jobs", page, act(1).dump()).status, 403);
  page["X-CSRF-Token"] = session.json()["csrf"];
  EXPECT_EQ(studio.ask("POST", "/api/v1/jobs", page, act(1).dump()).status, 201);
  EXPECT_EQ(studio.ask("DELETE", "/api/v1/session", page).status, 204);
  EXPECT_EQ(studio.ask("GET", "/api/v1/session", page).status, 401);
}

TEST(StudioApi, TokensComeAndGo) {
  OpenStudio studio(0);
  const Answer made = studio.post("/api/v1/tokens", {{"name", "print shop"}});
  ASSERT_EQ(made.status, 201);
  const std::map<std::string, std::string> shop{
      {"Authorization", "Bearer " + made.json()["token"].get<std::string>()}};
  EXPECT_EQ(studio.ask("GET", "/api/v1/session", shop).json()["name"], "print shop");
  EXPECT_EQ(studio.ask("POST", "/api/v1/jobs", shop, act(1).dump()).json()["owner"], "print shop");
  EXPECT_EQ(studio.post("/api/v1/tokens", {{"name", "print shop"}}).status, 409);
  EXPECT_EQ(studio.post("/api/v1/tokens", {{"name", "a/b"}}).status, 400);
  const Answer tokens = studio.ask("GET", "/api/v1/tokens");
  EXPECT_THAT(tokens.body, Not(HasSubstr(made.json()["token"].get<std::string>())));
  const std::string path = "/api/v1/tokens/" + made.json()["id"].get<std::string>();
  EXPECT_EQ(studio.ask("DELETE", path).status, 204);
  EXPECT_EQ(studio.ask("GET", "/api/v1/session", shop).status, 401);
  EXPECT_EQ(studio.ask("DELETE", "/api/v1/tokens/owner").status, 409);
  // Of secrets only digests are kept.
  std::ifstream database(studio.folder() / "studio.sqlite", std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(database)), {});
  EXPECT_EQ(bytes.find(studio.token()), bytes.npos);
}

TEST(StudioApi, TellsItsState) {
  OpenStudio studio(0);
  const std::map<std::string, std::string> nobody{{"Authorization", ""}};
  EXPECT_EQ(studio.ask("GET", "/api/v1/health", nobody).status, 200);
  EXPECT_EQ(studio.ask("GET", "/api/v1/ready", nobody).status, 200);
  EXPECT_EQ(studio.ask("GET", "/api/v1/metrics", nobody).status, 401);
  studio.post("/api/v1/jobs", act(1));
  const std::string metrics = studio.ask("GET", "/api/v1/metrics").body;
  EXPECT_THAT(metrics, HasSubstr("atelier_jobs{state=\"queued\"} 1\n"));
  EXPECT_THAT(metrics, HasSubstr("# TYPE atelier_http_response_seconds histogram\n"));
  const json state = studio.ask("GET", "/api/v1/studio").json();
  EXPECT_EQ(state["jobs"]["queued"], 1);
  EXPECT_GT(state["limits"]["upload_bytes"], 0);
}

void collect_refs(const json& node, std::set<std::string>& refs) {
  if (node.is_object() && node.contains("$ref")) refs.insert(node["$ref"].get<std::string>());
  if (node.is_structured()) {
    for (const auto& one : node) collect_refs(one, refs);
  }
}

TEST(StudioApi, DescribesItselfWhole) {
  const json document = openapi(all_routes(), commands());
  EXPECT_EQ(document["openapi"], "3.1.0");
  for (const Route& route : all_routes()) {
    if (!route.pattern.starts_with("/api/")) continue;
    std::string method = route.method;
    for (char& c : method) c = static_cast<char>(c | 0x20);
    ASSERT_TRUE(document["paths"][route.pattern].contains(method)) << route.pattern;
    EXPECT_FALSE(document["paths"][route.pattern][method]["summary"].get<std::string>().empty());
  }
  std::set<std::string> refs;
  collect_refs(document, refs);
  EXPECT_GE(refs.size(), commands().size());
  for (const std::string& ref : refs) {
    ASSERT_THAT(ref, StartsWith("#"));
    EXPECT_TRUE(document.contains(json::json_pointer(ref.substr(1)))) << ref;
  }
  OpenStudio studio(0);
  EXPECT_EQ(studio.ask("GET", "/api/v1/openapi.json").status, 200);
  EXPECT_EQ(studio.ask("GET", "/api/v1/commands").json()["commands"][0]["name"], "act");
}

TEST(StudioApi, ServesThePageUnderAStrictPolicy) {
  OpenStudio studio(0);
  const std::map<std::string, std::string> nobody{{"Authorization", ""}};
  const Answer page = studio.ask("GET", "/", nobody);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.field("content-type"), StartsWith("text/html"));
  EXPECT_THAT(page.field("content-security-policy"), HasSubstr("script-src 'self'"));
  EXPECT_THAT(page.field("content-security-policy"), Not(HasSubstr("unsafe")));
  // Nothing in line, which the policy would not run, and nothing from elsewhere.
  EXPECT_THAT(page.body, Not(HasSubstr("onclick")));
  EXPECT_THAT(page.body, Not(HasSubstr("https://")));
  EXPECT_EQ(
      studio.ask("GET", "/", {{"Authorization", ""}, {"If-None-Match", page.field("etag")}}).status,
      304);
  EXPECT_EQ(studio.ask("GET", "/none.js", nobody).status, 404);
}

TEST(StudioApi, SendsThePageAsSmallAsTheBrowserTakesIt) {
  OpenStudio studio(0);
  const auto page = [&](const std::string& accepted, const std::string& path = "/") {
    return studio.ask("GET", path, {{"Authorization", ""}, {"Accept-Encoding", accepted}});
  };
  const Answer plain = page(""), small = page("gzip, deflate, br"), zipped = page("gzip;q=0.5");
  EXPECT_EQ(plain.field("content-encoding"), "");
  EXPECT_EQ(small.field("content-encoding"), "br");
  EXPECT_EQ(zipped.field("content-encoding"), "gzip");
  EXPECT_EQ(page("br;q=0, gzip;q=0").field("content-encoding"), "");
  EXPECT_LT(small.body.size(), zipped.body.size());
  EXPECT_LT(zipped.body.size(), plain.body.size());
  EXPECT_NE(small.field("etag"), plain.field("etag"));
  for (const Answer* answer : {&plain, &small, &zipped}) {
    EXPECT_EQ(answer->field("vary"), "Accept-Encoding");
    EXPECT_EQ(answer->field("cache-control"), "no-cache");
  }
  // What is named by its content may be kept for good.
  const std::size_t at = plain.body.find("assets/");
  const std::string script = plain.body.substr(at, plain.body.find('"', at) - at);
  EXPECT_THAT(page("br", "/" + script).field("cache-control"), HasSubstr("immutable"));
  EXPECT_EQ(page("", "/index.html.br").status, 404);
}

/// What gzip (RFC 1952) made of a text.
std::string unpacked(std::string packed) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string text(std::size_t{1} << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return text;
}

TEST(StudioApi, SendsLongAnswersAsSmallAsTheClientTakesThem) {
  OpenStudio studio(0);
  const auto ask = [&](const std::string& accepted, const std::string& path) {
    return studio.ask("GET", path, {{"Accept-Encoding", accepted}});
  };
  const std::string path = "/api/v1/openapi.json";
  const Answer plain = ask("", path), zipped = ask("br, gzip", path);
  EXPECT_EQ(plain.field("content-encoding"), "");
  EXPECT_EQ(zipped.field("content-encoding"), "gzip");
  EXPECT_EQ(zipped.field("content-length"), std::to_string(zipped.body.size()));
  for (const Answer* answer : {&plain, &zipped})
    EXPECT_EQ(answer->field("vary"), "Accept-Encoding");
  EXPECT_LT(zipped.body.size() * 5, plain.body.size());
  EXPECT_EQ(unpacked(zipped.body), plain.body);
  // A short one may hold a secret, and its length tells nothing of that.
  EXPECT_EQ(ask("gzip", "/api/v1/session").field("content-encoding"), "");
}

}  // namespace
}  // namespace atelier::studio
