// SPDX-License-Identifier: Apache-2.0
// Telling others that a job has ended: to whom, how signed, how often.
#include "studio/hooks/hooks.hpp"

#include <gmock/gmock.h>

#include "hearer.hpp"
#include "open_studio.hpp"
#include "placed_test.hpp"
#include "studio/hooks/address.hpp"
#include "studio/hooks/teller.hpp"

namespace atelier::studio {
namespace {

using nlohmann::json;
using testing::HasSubstr;

const std::string fine = "HTTP/1.1 204 No Content\r\n\r\n";
const std::string busy = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";
const std::string moved =
    "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n";

std::string refusal(const std::string& url, const std::vector<std::string>& hosts) {
  try {
    check_hook_address(url, hosts);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Hooks, OnlyListedHostsAreSentTo) {
  const std::vector<std::string> hosts{"shop.example.org", "printer.lan:8443", "[::1]:90"};
  for (const char* url : {"https://shop.example.org/a?b=c", "http://shop.example.org",
                          "https://SHOP.example.org:443/", "https://printer.lan:8443/x",
                          "http://printer.lan:8443/x", "http://[::1]:90/"}) {
    EXPECT_EQ(refusal(url, hosts), "") << url;
  }
  for (const char* url :
       {"https://127.0.0.1/", "http://169.254.169.254/latest/meta-data", "https://localhost/",
        "https://shop.example.org:8080/", "https://shop.example.org.evil.org/",
        "https://evil.org/shop.example.org", "https://printer.lan/", "http://[::1]/",
        "http://2130706433/", "http://evil.org?shop.example.org", "http://xshop.example.org/"}) {
    EXPECT_THAT(refusal(url, hosts), HasSubstr("--webhook-hosts")) << url;
  }
  for (const char* url :
       {"file:///etc/passwd", "gopher://shop.example.org/", "ftp://shop.example.org/", "shop", "",
        "https://user:word@shop.example.org/", "https://evil.org@shop.example.org/",
        "https://shop.example.org/#x", "https://shop.example.org/ x",
        "https://shop.example.org/\r\nHost: x"}) {
    EXPECT_THAT(refusal(url, hosts), HasSubstr("a webhook is https://")) << url;
  }
  EXPECT_NE(refusal("https://shop.example.org/" + std::string(3000, 'x'), hosts), "");
  EXPECT_NE(refusal("https://shop.example.org/", {}), "");
}

TEST(Hooks, SignaturesAreHmacSha256) {
  // By `openssl dgst -sha256 -hmac key` of "1.{}".
  EXPECT_EQ(hook_signature("key", 1, "{}"),
            "t=1,v1=1ba6b8171186efc613e8bcc0cbdab2748f24984d7c5a84faa2637afa0e40d224");
}

TEST(Hooks, OneEndIsToldAndSigned) {
  Hearer hearer({fine});
  ServeOptions options;
  options.webhook_hosts = {hearer.host()};
  OpenStudio studio(1, {}, options);
  json request = act(1);
  request["webhook"] = hearer.url();
  const Answer unsigned_one = studio.post("/api/v1/jobs", request);
  EXPECT_EQ(unsigned_one.status, 400);
  EXPECT_EQ(unsigned_one.json()["name"], "webhook");
  const std::string secret = studio.post("/api/v1/webhook-secret", json::object()).json()["secret"];
  const Answer made = studio.post("/api/v1/jobs", request);
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string path = "/api/v1/jobs/" + made.json()["id"].get<std::string>();
  studio.ended(made.json()["id"]);
  EXPECT_EQ(studio.ask("GET", path + "/webhook").json()["state"], "waiting");
  Teller teller(studio.studio().records, options.webhook_hosts);
  for (int i = 0; i < 500 && studio.ask("GET", path + "/webhook").json()["state"] != "told"; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(studio.ask("GET", path + "/webhook").json()["state"], "told");
  const std::vector<std::string> heard = hearer.heard();
  ASSERT_EQ(heard.size(), 1u);
  EXPECT_THAT(heard[0], testing::StartsWith("POST /painted?by=us HTTP/1.1\r\n"));
  const std::string body = heard[0].substr(heard[0].find("\r\n\r\n") + 4);
  const std::size_t at = heard[0].find("Atelier-Signature: t=") + 21;
  const std::int64_t seconds = std::stoll(heard[0].substr(at));
  EXPECT_THAT(heard[0], HasSubstr("Atelier-Signature: " + hook_signature(secret, seconds, body)));
  EXPECT_EQ(json::parse(body)["state"], "done");
  json asked = studio.ask("GET", path).json();
  asked.erase("obstacle");  // of jobs that wait
  EXPECT_EQ(json::parse(body), asked);
  // What equals it needs no other host, and one that is not listed is refused.
  request["webhook"] = "http://127.0.0.1:1/";
  EXPECT_EQ(studio.post("/api/v1/jobs", request).status, 400);
}

/// A job of an account with a secret, and a clock of the test's.
class HookTries : public PlacedTest {
 protected:
  void SetUp() override {
    PlacedTest::SetUp();
    if (IsSkipped()) return;
    Accounts accounts(records_, folder_.path());
    static_cast<void>(hooks_.new_secret(Accounts::owner));
    job_ = queue_.submit(parse_request(commands_, act(1)), Accounts::owner, true).job.id;
    hooks_.add(job_, "https://shop.example.org/");
  }
  void end_job() {
    const auto claimed = queue_.claim();
    ASSERT_TRUE(claimed);
    now_ += 1;
    ASSERT_TRUE(queue_.give_up(claimed->second, {{"status", 422}}, ""));
  }

  std::vector<Command> commands_ = act_commands();
  double now_ = 2e9;
  Records records_{place_};
  FileStore store_{place_};
  Queue queue_{records_, store_, [this] { return now_; }};
  Hooks hooks_{records_, [this] { return now_; }};
  std::string job_;
};

TEST_P(HookTries, PausesGrowAndEnd) {
  EXPECT_FALSE(hooks_.take());  // it has not ended
  end_job();
  double pause = 10;
  for (int attempt = 1; attempt <= Hooks::most_attempts; ++attempt) {
    const auto due = hooks_.take();
    ASSERT_TRUE(due) << attempt;
    EXPECT_EQ(due->attempt, attempt);
    EXPECT_FALSE(hooks_.take());  // it is taken
    hooks_.failed(*due, "it answered 503");
    if (attempt == Hooks::most_attempts) break;
    EXPECT_EQ(hooks_.find(job_)->state, "waiting");
    now_ += pause - 0.5;
    EXPECT_FALSE(hooks_.take());
    now_ += 0.5;
    pause *= 4;
  }
  EXPECT_EQ(hooks_.find(job_)->state, "given_up");
  EXPECT_EQ(hooks_.find(job_)->trouble, "it answered 503");
  now_ += 1e6;
  EXPECT_FALSE(hooks_.take());
  // Another end is another message.
  queue_.retry(job_);
  EXPECT_FALSE(hooks_.take());
  end_job();
  const auto due = hooks_.take();
  ASSERT_TRUE(due);
  EXPECT_EQ(due->attempt, 1);
  hooks_.told(*due);
  EXPECT_EQ(hooks_.find(job_)->state, "told");
  EXPECT_FALSE(hooks_.take());
}

TEST_P(HookTries, AnAttemptThatNobodyEndedIsMadeAgain) {
  end_job();
  ASSERT_TRUE(hooks_.take());
  now_ += Hooks::reserved_seconds;  // its server was killed
  const auto again = hooks_.take();
  ASSERT_TRUE(again);
  EXPECT_EQ(again->attempt, 2);
  EXPECT_TRUE(queue_.remove(job_));
  EXPECT_FALSE(hooks_.find(job_));
}

TEST_P(HookTries, AHostIsToldOfOneEndAtATimeInTheirOrder) {
  end_job();
  const auto add = [&](std::uint64_t seed, const std::string& url) {
    const std::string id =
        queue_.submit(parse_request(commands_, act(seed)), Accounts::owner, true).job.id;
    hooks_.add(id, url);
    return id;
  };
  const std::string second = add(2, "HTTPS://SHOP.example.org:443/other");
  end_job();
  const std::string elsewhere = add(3, "https://shop.example.org:8443/");
  end_job();
  const auto first = hooks_.take(), other = hooks_.take();
  ASSERT_TRUE(first && other);
  EXPECT_EQ(first->job.id, job_);
  EXPECT_EQ(other->job.id, elsewhere);  // another host
  EXPECT_FALSE(hooks_.take());
  hooks_.failed(*first, "it answered 503");
  const auto after = hooks_.take();
  ASSERT_TRUE(after);
  EXPECT_EQ(after->job.id, second);
  now_ += Hooks::first_pause;
  EXPECT_FALSE(hooks_.take());  // due, and its host is being told
  hooks_.told(*after);
  const auto again = hooks_.take();
  ASSERT_TRUE(again);
  EXPECT_EQ(again->job.id, job_);
  EXPECT_EQ(again->attempt, 2);
}

INSTANTIATE_TEST_SUITE_P(On, HookTries, both_dialects, dialect_name);

TEST(Hooks, AReceiverThatHangsDelaysNobodyElse) {
  Hearer hanging({""}), hearer({fine});
  ServeOptions options;
  options.webhook_hosts = {hanging.host(), hearer.host()};
  OpenStudio studio(1, {}, options);
  studio.post("/api/v1/webhook-secret", json::object());
  const auto submit = [&](std::uint64_t seed, const std::string& url) {
    json request = act(seed);
    request["webhook"] = url;
    const std::string id = studio.post("/api/v1/jobs", request).json()["id"];
    EXPECT_EQ(studio.ended(id)["state"], "done");
    return id;
  };
  for (std::uint64_t seed = 1; seed <= 3; ++seed) submit(seed, hanging.url());
  std::vector<std::string> ids;
  for (std::uint64_t seed = 4; seed <= 9; ++seed) ids.push_back(submit(seed, hearer.url()));
  const auto begin = std::chrono::steady_clock::now();
  const Teller teller(studio.studio().records, options.webhook_hosts);
  while (hearer.heard().size() < ids.size() &&
         std::chrono::steady_clock::now() - begin < std::chrono::seconds(10)) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  const std::vector<std::string> heard = hearer.heard();
  ASSERT_EQ(heard.size(), ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i)
    EXPECT_THAT(heard[i], HasSubstr("Atelier-Delivery: " + ids[i]));
  EXPECT_EQ(hanging.heard().size(), 1u);  // one at a time, which is under way still
}

TEST(Hooks, RedirectsAreNotFollowed) {
  Hearer hearer({moved, busy, fine});
  EXPECT_EQ(post_hook(hearer.url(), "{}", "s", "d"), "it answered 307");
  EXPECT_EQ(hearer.heard().size(), 1u);
  EXPECT_EQ(post_hook(hearer.url(), "{}", "s", "d"), "it answered 503");
  EXPECT_EQ(post_hook(hearer.url(), "{}", "s", "d"), "");
  EXPECT_NE(post_hook("http://127.0.0.1:1/", "{}", "s", "d"), "");
}

}  // namespace
}  // namespace atelier::studio
