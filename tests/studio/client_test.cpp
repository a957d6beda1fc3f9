// SPDX-License-Identifier: Apache-2.0
// The example client against a studio that is served, over plain HTTP and TLS, and against
// connections that break.
#include "client.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

#include "event_lines.hpp"
#include "hearer.hpp"
#include "open_studio.hpp"

namespace atelier::studio {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using studio_client::Client;
using studio_client::EventLines;
using testing::ElementsAre;
using testing::HasSubstr;

void ignore(const json&) {}

std::string refusal(const std::function<void()>& work) {
  try {
    work();
  } catch (const studio_client::Refused& refused) {
    return fmt::format("{} {}", refused.status(), refused.what());
  }
  return "it was done";
}

/// An answer that ends with its connection.
std::string answer(const std::string& type, const std::string& body, const std::string& more = {}) {
  return fmt::format("HTTP/1.1 200 OK\r\nContent-Type: {}\r\nConnection: close\r\n{}\r\n{}", type,
                     more, body);
}

class ClientTest : public testing::Test {
 protected:
  fs::path file(const std::string& name, const std::string& content) {
    const fs::path path = folder_.path() / name;
    std::ofstream(path) << content;
    return path;
  }
  TemporaryFolder folder_;
};

TEST_F(ClientTest, SubmitsFollowsAndFetches) {
  OpenStudio studio(1);
  const Client client(studio.origin(), studio.token());
  json request = act(7, {{"steps", 5}, {"pause", 20}});
  request["inputs"]["file"] = {client.upload(file("ä b&c.txt", "some text\n"))};
  const json made = client.submit(request, "the-same-key");
  EXPECT_EQ(client.submit(request, "the-same-key")["id"], made["id"]);
  std::vector<std::string> states;
  const json job = client.follow(made["id"], [&](const json& state) {
    if (states.empty() || states.back() != state["state"]) states.push_back(state["state"]);
  });
  EXPECT_EQ(states.back(), "done");
  EXPECT_EQ(job["state"], "done");
  EXPECT_TRUE(job["report"].is_object());
  // What has ended is told at once.
  EXPECT_EQ(client.follow(made["id"], ignore)["state"], "done");
  const fs::path result = folder_.path() / "result.txt";
  client.download(job["outputs"][0]["digest"], result);
  EXPECT_EQ(read_file(result, 100), "seed 7\n");
  EXPECT_EQ(client.get("/files")["files"][1]["name"], "ä b&c.txt");
}

TEST_F(ClientTest, SaysWhatTheStudioRefused) {
  OpenStudio studio(1);
  const Client client(studio.origin(), studio.token());
  EXPECT_THAT(refusal([&] {
                return client.submit(act(1, {{"steps", 0}}), "k");
              }),
              HasSubstr("400 "));
  static_cast<void>(client.submit(act(1), "k"));
  EXPECT_THAT(refusal([&] { return client.submit(act(2), "k"); }), HasSubstr("choose another key"));
  const fs::path result = folder_.path() / "result.txt";
  EXPECT_THAT(refusal([&] { client.download(std::string(64, 'a'), result); }), HasSubstr("404 "));
  EXPECT_TRUE(fs::is_empty(folder_.path()));
  EXPECT_THAT(refusal([&] { return client.follow("none", ignore); }), HasSubstr("404 "));
  EXPECT_THAT(refusal([&] { return client.upload("missing.jpg"); }), HasSubstr("cannot be read"));
  EXPECT_THAT(refusal([&] { return Client(studio.origin(), "wrong").get("/jobs"); }),
              HasSubstr("401 "));
  const json failed = client.submit(act(3, {{"end", "refuse"}}), "other");
  const json ended = client.follow(failed["id"], ignore);
  EXPECT_THAT(ended["error"]["detail"].get<std::string>(), HasSubstr("ask for less"));
}

TEST_F(ClientTest, KeepsTheTokenFromOthers) {
  EXPECT_THAT(refusal([] { Client("http://studio.example.org", "t"); }), HasSubstr("write https"));
  EXPECT_THAT(refusal([] { Client("http://127.evil.org", "t"); }), HasSubstr("write https"));
  EXPECT_THAT(refusal([] { Client("ftp://127.0.0.1", "t"); }), HasSubstr("is no address"));
  EXPECT_THAT(refusal([] { Client("http://127.0.0.1", "t\r\nX: y"); }), HasSubstr("one line"));
  EXPECT_THAT(refusal([] {
                return Client("http://127.0.0.1:1", "t", "", {1, 1}).get("/");
              }),
              HasSubstr("0 http://127.0.0.1:1/api/v1: "));
}

TEST_F(ClientTest, SpeaksTls) {
  const auto certify = [&](const std::string& name) {
    const std::string path = (folder_.path() / name).string();
    const std::string make = fmt::format(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "
        "/CN=studio -addext subjectAltName=IP:127.0.0.1 -keyout {0}.key -out {0}.pem 2>/dev/null",
        path);
    EXPECT_EQ(std::system(make.c_str()), 0);
    return path;
  };
  const std::string own = certify("own"), another = certify("another");
  OpenStudio studio(1, {.certificate = own + ".pem", .key = own + ".key"});
  const std::string address = "https://" + studio.host();
  const Client client(address, studio.token(), own + ".pem");
  const json made = client.submit(act(1, {{"steps", 3}}), studio_client::new_key());
  const json job = client.follow(made["id"], ignore);
  client.download(job["outputs"][0]["digest"], folder_.path() / "result.txt");
  EXPECT_EQ(read_file(folder_.path() / "result.txt", 100), "seed 1\n");
  // Whoever cannot prove who it is hears no token.
  EXPECT_THAT(refusal([&] {
                return Client(address, studio.token(), another + ".pem", {1, 1}).get("/jobs");
              }),
              HasSubstr("certificate"));
}

TEST_F(ClientTest, TakesUpWhatBroke) {
  const std::string job = R"({"id": "one", "state": ")";
  Hearer hearer(
      {// Half an answer to the request, then the whole one.
       answer("application/json", job, "Content-Length: 500\r\n"),
       answer("application/json", job + R"(queued"})"),
       // A stream that ends before the job has, then the rest of it.
       answer("text/event-stream",
              "id: 5\nevent: job\ndata: " + job + "running\"}\n\nid: 6\nevent: job\nda"),
       answer("text/event-stream", "id: 7\r\nevent: job\r\ndata: " + job + "done\"}\r\n\r\n"),
       answer("application/json", job + R"(done"})")});
  const Client client("http://" + hearer.host(), "secret", "", {3, 1});
  EXPECT_EQ(client.submit({{"command", "act"}}, "key-1")["state"], "queued");
  std::vector<std::string> states;
  static_cast<void>(
      client.follow("one", [&](const json& state) { states.push_back(state["state"]); }));
  EXPECT_THAT(states, ElementsAre("running", "done"));
  const std::vector<std::string> heard = hearer.heard();
  ASSERT_EQ(heard.size(), 5u);
  for (int attempt : {0, 1}) EXPECT_THAT(heard[attempt], HasSubstr("Idempotency-Key: key-1\r\n"));
  EXPECT_THAT(heard[2], testing::Not(HasSubstr("Last-Event-ID")));
  EXPECT_THAT(heard[3], HasSubstr("Last-Event-ID: 5\r\n"));
  EXPECT_THAT(heard[4], HasSubstr("GET /api/v1/jobs/one HTTP/1.1\r\n"));
}

TEST_F(ClientTest, GivesUpOnAStreamWithoutNews) {
  Hearer hearer({answer("text/event-stream", ": nothing yet\n\n")});
  const Client client("http://" + hearer.host(), "secret", "", {3, 1});
  EXPECT_THAT(refusal([&] { return client.follow("one", ignore); }), HasSubstr("tells nothing"));
  EXPECT_EQ(hearer.heard().size(), 3u);
}

TEST(EventLines, AreTheSameHoweverTheyCome) {
  const std::string stream =
      ": hello\n\nid: 1\nevent: job\ndata: {\"a\":1}\n\nevent: bye\r\ndata:x\r\ndata: y\r\n\r\n"
      "id: 2\ndata\n\nid: 3\nevent: job\ndata: cut";
  const auto hear = [&](std::size_t piece) {
    std::string heard;
    EventLines lines([&](const std::string& event, const std::string& data, const std::string& id) {
      heard += event + "|" + data + "|" + id + ";";
    });
    for (std::size_t at = 0; at < stream.size(); at += piece) lines.add(stream.substr(at, piece));
    return heard;
  };
  EXPECT_EQ(hear(stream.size()), "job|{\"a\":1}|1;bye|x\ny|1;");
  for (std::size_t piece = 1; piece < stream.size(); ++piece)
    EXPECT_EQ(hear(piece), hear(stream.size())) << piece;
}

TEST_F(ClientTest, IsAProgram) {
  OpenStudio studio(1);
  const auto run = [&](const std::string& words, const std::string& address) {
    return std::system(fmt::format("{} {} {} {} > {} 2>&1", ATELIER_STUDIO_CLIENT, address,
                                   (studio.folder() / "token").string(), words,
                                   (folder_.path() / "said").string())
                           .c_str());
  };
  const fs::path text = file("in.txt", "text\n"), result = folder_.path() / "result.txt";
  ASSERT_EQ(run(fmt::format("act {} file=@{} seed=5 steps=2", result.string(), text.string()),
                studio.origin()),
            0)
      << read_file(folder_.path() / "said", 4096);
  EXPECT_EQ(read_file(result, 100), "seed 5\n");
  EXPECT_NE(run("act other.txt end=refuse", studio.origin()), 0);
  EXPECT_THAT(read_file(folder_.path() / "said", 4096), HasSubstr("ask for less"));
  EXPECT_NE(run("act other.txt stepz=2", studio.origin()), 0);
  EXPECT_THAT(read_file(folder_.path() / "said", 4096), HasSubstr("stepz"));
}

}  // namespace
}  // namespace atelier::studio
