// SPDX-License-Identifier: Apache-2.0
#include "client.hpp"

#include <curl/curl.h>

#include <cstdio>
#include <exception>
#include <memory>
#include <optional>
#include <random>
#include <thread>
#include <vector>

#include "event_lines.hpp"

namespace studio_client {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr long connect_seconds = 10;
/// A stream says something every 15 s, and any other answer comes faster.
constexpr long silent_seconds = 60;

struct CleanUp {
  void operator()(CURL* curl) const noexcept { curl_easy_cleanup(curl); }
  void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CleanUp>;

/// A part of a URL; empty where it has none.
std::string part(const std::string& address, CURLUPart which) {
  const std::unique_ptr<CURLU, CleanUp> url(curl_url());
  char* text = nullptr;
  if (curl_url_set(url.get(), CURLUPART_URL, address.c_str(), 0) != CURLUE_OK ||
      curl_url_get(url.get(), which, &text, 0) != CURLUE_OK) {
    return "";
  }
  std::string result(text);
  curl_free(text);
  return result;
}

bool is_this_machine(const std::string& host) {
  const bool is_ip4 = host.find_first_not_of("0123456789.") == host.npos;
  return host == "localhost" || host == "[::1]" || (is_ip4 && host.starts_with("127."));
}

bool has_ended(const json& job) {
  return job.at("state") != "queued" && job.at("state") != "running";
}

/// What the studio said of its refusal (RFC 9457).
std::string reason(int status, const std::string& body) {
  const json problem = json::parse(body, nullptr, false);
  if (problem.is_object() && problem.contains("detail")) return problem["detail"];
  return "the studio answered " + std::to_string(status) + "; see its log.";
}

/// Only a header's value that is one line: what comes from outside makes no header of its own.
std::string one_line(const std::string& value) {
  if (value.find_first_of("\r\n") != value.npos)
    throw Refused(0, "a key or token must be one line; correct it.");
  return value;
}

}  // namespace

struct Client::Exchange {
  std::string method, path;
  std::vector<std::string> headers = {};
  std::optional<std::string> body = {};
  std::FILE* from = nullptr;  ///< the body, of `bytes`
  std::uintmax_t bytes = 0;
  std::function<void(std::string_view)> on_bytes = {};  ///< of an answer that is no refusal
};

struct Client::Answer {
  int status = 0;
  std::string body;     ///< what on_bytes did not take
  std::string trouble;  ///< why the answer did not come, or not whole
};

namespace {

/// Where the bytes of an answer go. What is thrown meanwhile waits until libcurl has returned.
struct Sink {
  CURL* curl;
  const std::function<void(std::string_view)>* on_bytes;
  std::string body;
  std::exception_ptr thrown;
};

std::size_t take(char* bytes, std::size_t, std::size_t count, void* where) {
  auto& sink = *static_cast<Sink*>(where);
  long status = 0;
  curl_easy_getinfo(sink.curl, CURLINFO_RESPONSE_CODE, &status);
  try {
    if (*sink.on_bytes && status < 300) {
      (*sink.on_bytes)({bytes, count});
    } else {
      sink.body.append(bytes, count);
    }
  } catch (...) {
    sink.thrown = std::current_exception();
    return 0;
  }
  return count;
}

}  // namespace

Client::Client(std::string address, std::string token, std::string authorities, Patience patience)
    : root_(std::move(address)),
      token_(one_line(token)),
      authorities_(std::move(authorities)),
      patience_(patience) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (ready != CURLE_OK) throw Refused(0, "libcurl cannot begin.");
  const std::string scheme = part(root_, CURLUPART_SCHEME), host = part(root_, CURLUPART_HOST);
  if (host.empty() || (scheme != "http" && scheme != "https"))
    throw Refused(0, "'" + root_ + "' is no address; write https://HOST:PORT.");
  if (scheme == "http" && !is_this_machine(host))
    throw Refused(0, "over plain HTTP others could read the token; write https://" + host + ".");
  while (root_.ends_with('/')) root_.pop_back();
  root_ += "/api/v1";
}

Client::Answer Client::ask(const Exchange& exchange) const {
  const std::unique_ptr<CURL, CleanUp> curl(curl_easy_init());
  if (!curl) throw Refused(0, "libcurl cannot begin.");
  const auto set = [&](CURLoption option, auto value) {
    curl_easy_setopt(curl.get(), option, value);
  };
  curl_slist* lines = curl_slist_append(nullptr, ("Authorization: Bearer " + token_).c_str());
  for (const std::string& header : exchange.headers)
    lines = curl_slist_append(lines, header.c_str());
  const std::unique_ptr<curl_slist, CleanUp> headers(lines);
  Sink sink{curl.get(), &exchange.on_bytes, {}, {}};
  char complaint[CURL_ERROR_SIZE] = "";
  set(CURLOPT_URL, (root_ + exchange.path).c_str());
  set(CURLOPT_HTTPHEADER, headers.get());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_CONNECTTIMEOUT, connect_seconds);
  set(CURLOPT_LOW_SPEED_LIMIT, 1L);
  set(CURLOPT_LOW_SPEED_TIME, silent_seconds);
  set(CURLOPT_ERRORBUFFER, complaint);
  set(CURLOPT_WRITEFUNCTION, take);
  set(CURLOPT_WRITEDATA, &sink);
  if (!authorities_.empty()) set(CURLOPT_CAINFO, authorities_.c_str());
  if (exchange.method == "POST") set(CURLOPT_POST, 1L);
  if (exchange.body) {
    set(CURLOPT_POSTFIELDS, exchange.body->c_str());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(exchange.body->size()));
  } else if (exchange.from != nullptr) {
    set(CURLOPT_READDATA, exchange.from);
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(exchange.bytes));
  }
  const CURLcode code = curl_easy_perform(curl.get());
  if (sink.thrown) std::rethrow_exception(sink.thrown);
  Answer answer{0, std::move(sink.body), {}};
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  if (code != CURLE_OK) answer.trouble = *complaint != '\0' ? complaint : curl_easy_strerror(code);
  return answer;
}

json Client::ask_for_json(const Exchange& exchange) const {
  for (int attempt = 1;; ++attempt) {
    const Answer answer = ask(exchange);
    const bool unavailable = answer.status == 429 || answer.status == 503;
    if (answer.trouble.empty() && !unavailable) {
      if (answer.status >= 300) throw Refused(answer.status, reason(answer.status, answer.body));
      json read = json::parse(answer.body, nullptr, false);
      if (read.is_discarded()) throw Refused(answer.status, root_ + " is no studio; correct it.");
      return read;
    }
    // Only what may be said twice: a question, or a request with a key.
    if (attempt >= patience_.attempts || exchange.from != nullptr) {
      throw Refused(answer.status, answer.trouble.empty() ? reason(answer.status, answer.body)
                                                          : root_ + ": " + answer.trouble);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(attempt * patience_.pause_milliseconds));
  }
}

json Client::get(const std::string& path) const {
  return ask_for_json({"GET", path});
}

std::string Client::upload(const fs::path& file) const {
  const File from(std::fopen(file.c_str(), "rbe"));
  std::error_code error;
  const std::uintmax_t bytes = fs::file_size(file, error);
  if (!from || error) throw Refused(0, file.string() + " cannot be read; correct its name.");
  char* name = curl_easy_escape(nullptr, file.filename().c_str(), 0);
  const std::string path = "/files?name=" + std::string(name);
  curl_free(name);
  return ask_for_json({.method = "POST",
                       .path = path,
                       .headers = {"Content-Type: application/octet-stream", "Expect:"},
                       .from = from.get(),
                       .bytes = bytes})
      .at("digest");
}

json Client::submit(const json& request, const std::string& key) const {
  return ask_for_json(
      {.method = "POST",
       .path = "/jobs",
       .headers = {"Content-Type: application/json", "Idempotency-Key: " + one_line(key)},
       .body = request.dump()});
}

json Client::follow(const std::string& job,
                    const std::function<void(const json&)>& on_change) const {
  std::string last;
  bool ended = false;
  for (int attempts_left = patience_.attempts; !ended; --attempts_left) {
    EventLines events(
        [&](const std::string& event, const std::string& data, const std::string& id) {
          last = id;
          attempts_left = patience_.attempts;  // news: it is not the stream that does not come
          if (event == "deleted") throw Refused(404, "somebody deleted the job.");
          if (event != "job") return;
          const json state = json::parse(data);
          on_change(state);
          ended = has_ended(state);
        });
    Exchange exchange{.method = "GET",
                      .path = "/jobs/" + job + "/events",
                      .on_bytes = [&](std::string_view bytes) { events.add(bytes); }};
    if (!last.empty()) exchange.headers.push_back("Last-Event-ID: " + last);
    const Answer answer = ask(exchange);
    // 204: it had ended, and that was told before.
    ended = ended || answer.status == 204;
    const bool refused = answer.status >= 300 && answer.status != 429 && answer.status != 503;
    if (ended) break;
    if (refused) throw Refused(answer.status, reason(answer.status, answer.body));
    if (attempts_left <= 1)
      throw Refused(0, root_ + " tells nothing of the job any more: " + answer.trouble);
    std::this_thread::sleep_for(std::chrono::milliseconds(patience_.pause_milliseconds));
  }
  return get("/jobs/" + job);
}

void Client::download(const std::string& digest, const fs::path& to) const {
  const fs::path beside = to.string() + ".part";
  File file(std::fopen(beside.c_str(), "wbe"));
  if (!file) throw Refused(0, beside.string() + " cannot be written; choose another place.");
  bool whole = true;
  const Answer answer = ask({.method = "GET",
                             .path = "/files/" + digest + "/content",
                             .on_bytes = [&](std::string_view bytes) {
                               whole = whole && std::fwrite(bytes.data(), 1, bytes.size(),
                                                            file.get()) == bytes.size();
                             }});
  whole = std::fclose(file.release()) == 0 && whole;
  std::error_code ignored;
  if (!whole || answer.status != 200 || !answer.trouble.empty()) fs::remove(beside, ignored);
  if (!answer.trouble.empty()) throw Refused(answer.status, root_ + ": " + answer.trouble);
  if (answer.status != 200) throw Refused(answer.status, reason(answer.status, answer.body));
  if (!whole) throw Refused(0, to.string() + " cannot be written; free some space.");
  fs::rename(beside, to);
}

std::string new_key() {
  std::random_device chance;
  std::string key;
  for (int i = 0; i < 4; ++i) {
    char text[9];
    std::snprintf(text, sizeof text, "%08x", static_cast<unsigned>(chance()));
    key += text;
  }
  return key;
}

}  // namespace studio_client
