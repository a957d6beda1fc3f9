// SPDX-License-Identifier: Apache-2.0
// What others try: each test is an attack and what must come of it.
#include <gmock/gmock.h>

#include <fstream>

#include "atelier/base/resources.hpp"
#include "open_studio.hpp"

namespace atelier::studio {
namespace {

using namespace std::chrono_literals;
using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;

const std::map<std::string, std::string> nobody{{"Authorization", ""}};

/// What the studio answers to these bytes.
Answer say(OpenStudio& studio, const std::string& bytes) {
  RawClient client(studio.port());
  client.send(bytes);
  return read_answer(client);
}

std::int64_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::int64_t whole = 0, resident = 0;
  statm >> whole >> resident;
  return resident * ::sysconf(_SC_PAGESIZE);
}

TEST(Hostile, PathsLeadNowhere) {
  OpenStudio studio(0);
  for (const char* path :
       {"/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd",
        "/api/v1/files/../../../etc/passwd", "/api/v1/files/%2e%2e%2ftoken",
        "/api/v1/files/%2e%2e/content", "/api/v1/files/..%5c..%5ctoken/content", "//etc/passwd",
        "/page.js%00.html", "/page.js/", "/./page.js", "/api/v1/jobs/..%2f..%2ftoken/log",
        "/api/v1/files/token/content", "/index.html%2f..%2f..%2ftoken"}) {
    const Answer answer = studio.ask("GET", path);
    EXPECT_THAT(answer.status, AnyOf(400, 404)) << path;
    EXPECT_EQ(answer.field("content-type"), "application/problem+json") << path;
    EXPECT_THAT(answer.body, Not(HasSubstr("root:"))) << path;
    EXPECT_THAT(answer.body, Not(HasSubstr(studio.token()))) << path;
  }
}

TEST(Hostile, NobodyComesInWithoutAToken) {
  OpenStudio studio(0);
  for (const Route& route : all_routes()) {
    if (route.role == Role::anybody) continue;
    std::string path = route.pattern;
    for (std::size_t at; (at = path.find('{')) != path.npos;)
      path.replace(at, path.find('}') - at + 1, "x");
    EXPECT_EQ(studio
                  .ask(route.method, path, nobody,
                       route.method == "POST" || route.method == "PUT" ? "{}" : "")
                  .status,
              401)
        << route.method << " " << path;
  }
}

TEST(Hostile, GuessingTokensIsSlowedDown) {
  OpenStudio studio(0);
  std::vector<int> statuses;
  for (int i = 0; i < 15; ++i) {
    statuses.push_back(
        studio.ask("GET", "/api/v1/session", {{"Authorization", fmt::format("Bearer {:064}", i)}})
            .status);
  }
  EXPECT_EQ(statuses.front(), 401);
  EXPECT_EQ(statuses.back(), 429);
  const Answer forged =
      studio.ask("GET", "/api/v1/session", {{"Authorization", ""}, {"Cookie", "atelier=forged"}});
  EXPECT_EQ(forged.status, 401);
  // Whoever has the right one is not kept out by others' guesses.
  EXPECT_EQ(studio.ask("GET", "/api/v1/session").status, 200);
}

TEST(Hostile, AnotherHostIsRefused) {
  OpenStudio studio(0);
  for (const std::string& host :
       {std::string("evil.example"), fmt::format("evil.example:{}", studio.port()),
        std::string("127.0.0.1:1"), std::string("127.0.0.1.evil.example")}) {
    EXPECT_EQ(studio.ask("GET", "/", {{"Host", host}}).status, 421) << host;
  }
  EXPECT_EQ(studio.ask("GET", "/", {{"Host", ""}}).status, 421);
  EXPECT_EQ(
      say(studio, fmt::format("GET / HTTP/1.1\r\nHost: {0}\r\nHost: {0}\r\n\r\n", studio.host()))
          .status,
      421);
}

TEST(Hostile, AnotherSiteCanDoNothing) {
  OpenStudio studio(0);
  for (const auto& [name, value] :
       {std::pair{"Origin", "https://evil.example"}, std::pair{"Origin", "null"},
        std::pair{"Sec-Fetch-Site", "cross-site"}, std::pair{"Sec-Fetch-Site", "same-site"}}) {
    EXPECT_EQ(studio.ask("POST", "/api/v1/jobs", {{name, value}}, act(1).dump()).status, 403)
        << name << " " << value;
    EXPECT_EQ(studio.ask("GET", "/api/v1/jobs", {{name, value}}).status, 403) << name;
  }
  EXPECT_EQ(studio.ask("POST", "/api/v1/jobs", {{"Origin", studio.origin()}}, act(1).dump()).status,
            201);
  // A link from elsewhere opens the page, which is nobody's secret, and nothing else.
  std::map<std::string, std::string> link{{"Authorization", ""},
                                          {"Sec-Fetch-Site", "cross-site"},
                                          {"Sec-Fetch-Mode", "navigate"},
                                          {"Sec-Fetch-Dest", "document"}};
  EXPECT_EQ(studio.ask("GET", "/", link).status, 200);
  EXPECT_EQ(studio.ask("GET", "/api/v1/health", link).status, 403);
  // A form cannot send JSON.
  EXPECT_EQ(
      studio.ask("POST", "/api/v1/jobs", {{"Content-Type", "text/plain"}}, act(1).dump()).status,
      415);
}

TEST(Hostile, OversizedHeadersAreRefused) {
  OpenStudio studio(0);
  const std::string long_text(100'000, 'a');
  EXPECT_THAT(say(studio, "GET /" + long_text + " HTTP/1.1\r\n\r\n").status, AnyOf(414, 431));
  EXPECT_EQ(say(studio, "GET / HTTP/1.1\r\nX: " + long_text + "\r\n\r\n").status, 431);
  std::string many = "GET / HTTP/1.1\r\n";
  for (int i = 0; i < 1000; ++i) many += fmt::format("X{}: y\r\n", i);
  EXPECT_EQ(say(studio, many + "\r\n").status, 431);
  EXPECT_EQ(studio.ask("GET", "/api/v1/health").status, 200);
}

TEST(Hostile, WhatCanBeReadInTwoWaysIsRefused) {
  OpenStudio studio(0);
  const std::string host = "Host: " + studio.host() + "\r\n";
  for (const std::string& bytes : std::vector<std::string>{
           "POST /api/v1/jobs HTTP/1.1\r\n" + host +
               "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "POST /api/v1/jobs HTTP/1.1\r\n" + host +
               "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
           "GET / HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", "GET / HTTP/1.1\nHost x\n\n",
           "GET / HTTP/3.0\r\n\r\n", std::string("\x16\x03\x01\x02\x00\x01", 6),
           "GET / HTTP/1.1\r\n" + host + "X : y\r\n\r\n",
           std::string("GET /\0 HTTP/1.1\r\n\r\n", 20)}) {
    RawClient client(studio.port());
    client.send(bytes);
    const Answer answer = read_answer(client);
    EXPECT_THAT(answer.status, AnyOf(0, 400, 414, 431)) << bytes;
  }
  EXPECT_EQ(studio.ask("GET", "/api/v1/health").status, 200);
}

TEST(Hostile, SlowRequestsEnd) {
  OpenStudio studio(0, {.certificate = {},
                        .key = {},
                        .header_time = 300ms,
                        .idle_time = 300ms,
                        .piece_time = 300ms});
  RawClient silent(studio.port()), slow(studio.port());
  slow.send("GET / HTTP/1.1\r\n");
  for (int i = 0; i < 6; ++i) {  // a header every 100 ms does not help
    slow.send("X: y\r\n");
    std::this_thread::sleep_for(100ms);
  }
  EXPECT_EQ(read_answer(slow).status, 408);
  EXPECT_TRUE(silent.ended(2000));
  RawClient body(studio.port());
  body.send(studio.request("POST", "/api/v1/jobs", {{"Content-Length", "1000"}}, "{"));
  EXPECT_EQ(read_answer(body).status, 408);
  RawClient idle(studio.port());
  idle.send(studio.request("GET", "/api/v1/health"));
  EXPECT_EQ(read_answer(idle).status, 200);
  EXPECT_TRUE(idle.ended(2000));
}

TEST(Hostile, LongBodiesAreNotTaken) {
  ServeOptions options;
  options.upload_limit = 1;
  OpenStudio studio(0, {}, options);
  // Announced too long: refused before a byte of it comes.
  EXPECT_EQ(studio.ask("POST", "/api/v1/jobs", {{"Content-Length", "99999999999"}}, "{").status,
            413);
  EXPECT_EQ(studio.ask("POST", "/api/v1/files", {{"Content-Length", "2000000"}}, "x").status, 413);
  // In chunks, without saying how long: ended at the limit.
  {
    RawClient client(studio.port());
    client.send(studio.request("POST", "/api/v1/files", {{"Transfer-Encoding", "chunked"}}));
    const std::string chunk = "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
    for (int i = 0; i < 24 && client.send(chunk); ++i) {
    }
    EXPECT_EQ(read_answer(client).status, 413);
  }
  // What had come goes when the connection has ended.
  const auto incoming = studio.folder() / "incoming";
  for (int i = 0; i < 500 && !std::filesystem::is_empty(incoming); ++i)
    std::this_thread::sleep_for(10ms);
  EXPECT_TRUE(std::filesystem::is_empty(incoming));
  EXPECT_EQ(studio.ask("GET", "/api/v1/files").json()["files"].size(), 0u);
}

TEST(Hostile, AFullStudioSaysSo) {
  ServeOptions options;
  options.storage_limit = 0.01;
  OpenStudio studio(0, {}, options);
  EXPECT_EQ(studio.ask("POST", "/api/v1/files", {}, std::string(8'000'000, 'x')).status, 201);
  EXPECT_EQ(studio.ask("POST", "/api/v1/files", {}, std::string(8'000'000, 'y')).status, 507);
}

TEST(Hostile, ScriptInNamesStaysText) {
  OpenStudio studio(0);
  const std::string name = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%0d%0aSet-Cookie%3A%20a%3Db.txt";
  const Answer made =
      studio.ask("POST", "/api/v1/files?name=" + name, {}, "<script>alert(1)</script>");
  ASSERT_EQ(made.status, 201);
  const Answer content =
      studio.ask("GET", "/api/v1/files/" + made.json()["digest"].get<std::string>() + "/content");
  EXPECT_EQ(content.field("set-cookie"), "");
  EXPECT_THAT(content.field("content-type"), HasSubstr("text/plain"));
  EXPECT_EQ(content.field("x-content-type-options"), "nosniff");
  EXPECT_THAT(content.field("content-security-policy"), HasSubstr("sandbox"));
  EXPECT_THAT(content.field("content-disposition"), Not(HasSubstr("<")));
  const Answer drawing =
      studio.ask("POST", "/api/v1/files?name=a.svg", {},
                 "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>");
  const Answer shown = studio.ask(
      "GET", "/api/v1/files/" + drawing.json()["digest"].get<std::string>() + "/content");
  EXPECT_EQ(shown.field("content-type"), "image/svg+xml");
  EXPECT_THAT(shown.field("content-security-policy"), HasSubstr("default-src 'none'"));
}

TEST(Hostile, DeepAndBrokenJsonIsRefused) {
  OpenStudio studio(0);
  EXPECT_EQ(studio.ask("POST", "/api/v1/jobs", {}, std::string(500'000, '[')).status, 400);
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  EXPECT_EQ(studio.ask("POST", "/api/v1/jobs", {}, deep).status, 400);
  EXPECT_EQ(studio
                .ask("POST", "/api/v1/jobs", {},
                     "{\"command\": \"act\", \"options\": {\"steps\": " + deep + "}}")
                .status,
            400);
  EXPECT_EQ(studio.ask("POST", "/api/v1/jobs", {}, "{\"command\": \"act\"").status, 400);
  EXPECT_EQ(studio.ask("POST", "/api/v1/jobs", {}, "\"\xff\"").status, 400);
  EXPECT_EQ(studio.ask("POST", "/api/v1/jobs", {}, "null").status, 400);
  EXPECT_EQ(studio
                .ask("POST", "/api/v1/jobs", {},
                     "{\"command\": \"act\", \"options\": {\"steps\": 1e999}}")
                .status,
            400);
  EXPECT_EQ(studio.ask("GET", "/api/v1/events?after=-1").status, 400);
  EXPECT_EQ(studio.ask("PATCH", "/api/v1/jobs").field("allow"), "POST, GET");
}

TEST(Hostile, AnUnknownFileIsRefused) {
  OpenStudio studio(0);
  EXPECT_EQ(studio
                .ask("POST", "/api/v1/files?name=a.png", {},
                     std::string("\x7f"
                                 "ELF\x01\x02\x00",
                                 7))
                .status,
            415);
  EXPECT_EQ(studio.ask("GET", "/api/v1/files").json()["files"].size(), 0u);
}

TEST(Hostile, PipelinedRequestsAreAnsweredInOrder) {
  OpenStudio studio(0);
  RawClient client(studio.port());
  client.send(studio.request("GET", "/api/v1/health") + studio.request("GET", "/api/v1/none") +
              studio.request("GET", "/api/v1/health", {{"Connection", "close"}}));
  std::string text;
  for (std::string piece; !(piece = client.receive()).empty();) text += piece;
  const std::size_t none = text.find("HTTP/1.1 404");
  EXPECT_EQ(text.find("HTTP/1.1 200"), 0u);
  EXPECT_NE(none, text.npos);
  EXPECT_GT(text.rfind("HTTP/1.1 200"), none);
}

TEST(Hostile, ThousandsOfConnectionsCostLittle) {
  OpenStudio studio(0, {.certificate = {}, .key = {}, .connections = 300});
  const std::int64_t before = resident_bytes();
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 3000; ++i) {
    try {
      clients.push_back(std::make_unique<RawClient>(studio.port()));
      clients.back()->send("GET / HTTP/1.1\r\nX: ");
    } catch (const std::runtime_error&) {
      break;  // this process has no more descriptors
    }
    if (clients.size() > 400) clients.erase(clients.begin() + 300, clients.end());
  }
  // Those that wait to be accepted are not counted yet.
  auto counts = studio.studio().counts();
  for (int i = 0; i < 500 && counts.refused_connections <= 1000; ++i) {
    std::this_thread::sleep_for(20ms);
    counts = studio.studio().counts();
  }
  EXPECT_LE(counts.open_connections, 300);
  EXPECT_GT(counts.refused_connections, 1000);
  EXPECT_LT(resident_bytes() - before, std::int64_t{48} << 20);
  clients.clear();
  for (int i = 0; i < 100 && studio.studio().counts().open_connections > 0; ++i)
    std::this_thread::sleep_for(20ms);
  EXPECT_EQ(studio.ask("GET", "/api/v1/health").status, 200);
}

TEST(Hostile, TooManyRequestsAreSlowedDown) {
  OpenStudio studio(0);
  // Others at the same address take all that there is, however slow this machine is.
  const std::jthread others([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) (void)studio.studio().requests.take("127.0.0.1");
  });
  Answer answer;
  for (int i = 0; i < 1000 && answer.status != 429; ++i)
    answer = studio.ask("GET", "/api/v1/session");
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(answer.field("retry-after"), "1");
  EXPECT_EQ(studio.ask("GET", "/api/v1/health").status, 200);
}

}  // namespace
}  // namespace atelier::studio
