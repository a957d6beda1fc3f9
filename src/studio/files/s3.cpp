// SPDX-License-Identifier: Apache-2.0
#include "studio/files/s3.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"

namespace atelier::studio {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr long connect_seconds = 10, slow_seconds = 30, slow_bytes_per_second = 1024;
constexpr int most_attempts = 3;
constexpr auto between_attempts = 300ms;
constexpr std::size_t most_message = 4096;
constexpr const char* nothing_digest =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

struct CloseFile {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

struct CleanUp {
  void operator()(CURL* curl) const noexcept { curl_easy_cleanup(curl); }
};

struct FreeList {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

/// What comes back: a file's bytes where it is one, a message otherwise.
struct Sink {
  CURL* curl;
  std::FILE* file;
  std::string message;
};

std::size_t take(char* bytes, std::size_t, std::size_t count, void* where) {
  auto& sink = *static_cast<Sink*>(where);
  long status = 0;
  curl_easy_getinfo(sink.curl, CURLINFO_RESPONSE_CODE, &status);
  if (status == 200 && sink.file != nullptr) return std::fwrite(bytes, 1, count, sink.file);
  if (sink.message.size() < most_message) sink.message.append(bytes, count);
  return count;
}

/// "AccessDenied" of <Code>AccessDenied</Code>.
std::string code_of(const std::string& message) {
  const std::size_t begin = message.find("<Code>"), end = message.find("</Code>");
  if (begin == message.npos || end == message.npos || end < begin) return "";
  return message.substr(begin + 6, end - begin - 6);
}

std::string from_environment(std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return value;
  }
  return "";
}

}  // namespace

struct S3Store::Answer {
  CURLcode code = CURLE_OK;
  long status = 0;
  std::string message;

  [[nodiscard]] bool is_worth_another_try() const {
    return code != CURLE_OK ? code != CURLE_WRITE_ERROR : status >= 500 || status == 429;
  }
};

S3Place s3_place(const std::string& place) {
  constexpr std::string_view scheme = "s3://";
  const std::string rest = place.substr(scheme.size());
  S3Place result;
  result.bucket = rest.substr(0, rest.find('/'));
  if (rest.size() > result.bucket.size()) result.prefix = rest.substr(result.bucket.size() + 1);
  while (result.prefix.ends_with('/')) result.prefix.pop_back();
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789.-";
  if (result.bucket.size() < 3 || result.bucket.find_first_not_of(allowed) != std::string::npos) {
    fail(ErrorKind::invalid_argument, "'{}' names no bucket; write s3://BUCKET/PREFIX.", place);
  }
  result.endpoint = from_environment({"AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"});
  while (result.endpoint.ends_with('/')) result.endpoint.pop_back();
  if (result.endpoint.empty()) {
    result.in_host = true;
    result.endpoint =
        fmt::format("https://{}.s3.{}.amazonaws.com", result.bucket, s3_keys().region);
  } else if (!result.endpoint.starts_with("http://") && !result.endpoint.starts_with("https://")) {
    fail(ErrorKind::invalid_argument, "AWS_ENDPOINT_URL is '{}'; write https://HOST:PORT.",
         result.endpoint);
  }
  return result;
}

S3Keys s3_keys() {
  S3Keys keys{from_environment({"AWS_ACCESS_KEY_ID"}), from_environment({"AWS_SECRET_ACCESS_KEY"}),
              from_environment({"AWS_SESSION_TOKEN"}),
              from_environment({"AWS_REGION", "AWS_DEFAULT_REGION"})};
  if (keys.region.empty()) keys.region = "us-east-1";
  if (keys.access.empty() || keys.secret.empty()) {
    fail(ErrorKind::invalid_argument,
         "a store of objects needs its keys; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");
  }
  return keys;
}

S3Store::S3Store(S3Place place, S3Keys keys) : place_(std::move(place)), keys_(std::move(keys)) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (ready != CURLE_OK) fail(ErrorKind::internal, "libcurl cannot begin.");
  static_cast<void>(has("files"));
}

S3Store::Answer S3Store::ask_once(const std::string& method, const std::string& key,
                                  const fs::path* file) const {
  const std::unique_ptr<CURL, CleanUp> curl(curl_easy_init());
  if (!curl) fail(ErrorKind::out_of_memory, "there is not enough memory to ask a store.");
  const auto set = [&](CURLoption option, auto value) {
    curl_easy_setopt(curl.get(), option, value);
  };
  const std::string object = place_.prefix.empty() ? key : place_.prefix + "/" + key;
  const std::string path =
      encoded_path(place_.in_host ? "/" + object : "/" + place_.bucket + "/" + object);
  const std::string digest = method == "PUT" ? sha256_file(*file) : nothing_digest;
  const std::string time = signing_time(static_cast<double>(std::time(nullptr)));
  S3Request request{method,
                    path,
                    "",
                    {{"host", place_.endpoint.substr(place_.endpoint.find("//") + 2)},
                     {"x-amz-content-sha256", digest},
                     {"x-amz-date", time}}};
  if (!keys_.session.empty()) request.headers["x-amz-security-token"] = keys_.session;
  curl_slist* lines = nullptr;
  for (const auto& [name, value] : request.headers)
    lines = curl_slist_append(lines, fmt::format("{}: {}", name, value).c_str());
  lines = curl_slist_append(
      lines, fmt::format("Authorization: {}", authorization(request, keys_)).c_str());
  // What is not signed: no "Expect: 100-continue", which costs a second where it is not known.
  lines = curl_slist_append(lines, "Expect:");
  const std::unique_ptr<curl_slist, FreeList> headers(lines);

  File content;
  if (file != nullptr) {
    content.reset(std::fopen(file->c_str(), method == "PUT" ? "rbe" : "wbe"));
    if (!content) fail_writing(*file, errno);
  }
  Sink sink{curl.get(), method == "GET" ? content.get() : nullptr, {}};
  std::array<char, CURL_ERROR_SIZE> complaint{};
  set(CURLOPT_URL, (place_.endpoint + path).c_str());
  set(CURLOPT_HTTPHEADER, headers.get());
  set(CURLOPT_ERRORBUFFER, complaint.data());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_CONNECTTIMEOUT, connect_seconds);
  set(CURLOPT_LOW_SPEED_LIMIT, slow_bytes_per_second);
  set(CURLOPT_LOW_SPEED_TIME, slow_seconds);
  set(CURLOPT_WRITEFUNCTION, take);
  set(CURLOPT_WRITEDATA, &sink);
  if (method == "HEAD") set(CURLOPT_NOBODY, 1L);
  if (method == "DELETE") set(CURLOPT_CUSTOMREQUEST, "DELETE");
  if (method == "PUT") {
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_READDATA, content.get());
    set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(fs::file_size(*file)));
  }
  Answer answer;
  answer.code = curl_easy_perform(curl.get());
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &answer.status);
  answer.message = answer.code == CURLE_OK ? sink.message : complaint.data();
  if (sink.file != nullptr && std::fflush(sink.file) != 0) fail_writing(*file, errno);
  return answer;
}

S3Store::Answer S3Store::ask(const std::string& method, const std::string& key,
                             const fs::path* file) const {
  for (int attempt = 1;; ++attempt) {
    Answer answer = ask_once(method, key, file);
    if (attempt == most_attempts || !answer.is_worth_another_try()) return answer;
    std::this_thread::sleep_for(attempt * between_attempts);
  }
}

void S3Store::refuse(const Answer& answer) const {
  const std::string name = fmt::format("s3://{} at {}", place_.bucket, place_.endpoint);
  if (answer.code != CURLE_OK) {
    fail(ErrorKind::io, "{} does not answer ({}); see that it runs, or correct AWS_ENDPOINT_URL.",
         name, answer.message.empty() ? curl_easy_strerror(answer.code) : answer.message);
  }
  const std::string code = code_of(answer.message);
  if (code == "NoSuchBucket") {
    fail(ErrorKind::io, "{} is not there; make the bucket, or name another in --files.", name);
  }
  if (answer.status == 401 || answer.status == 403) {
    fail(ErrorKind::io,
         "{} does not let us in ({}); correct AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and "
         "AWS_REGION, and let these keys list, get, put and delete.",
         name, code.empty() ? fmt::format("status {}", answer.status) : code);
  }
  fail(ErrorKind::io, "{} refuses with status {}{}; try again later.", name, answer.status,
       code.empty() ? "" : " (" + code + ")");
}

bool S3Store::has(const std::string& key) const {
  const Answer answer = ask("HEAD", key, nullptr);
  if (answer.code != CURLE_OK || (answer.status != 200 && answer.status != 404)) refuse(answer);
  return answer.status == 200;
}

void S3Store::put(const std::string& key, const fs::path& file) const {
  const Answer answer = ask("PUT", key, &file);
  if (answer.code != CURLE_OK || answer.status != 200) refuse(answer);
}

bool S3Store::get(const std::string& key, const fs::path& to) const {
  const Answer answer = ask("GET", key, &to);
  if (answer.code == CURLE_OK && answer.status == 200) return true;
  std::error_code ignored;
  fs::remove(to, ignored);
  if (answer.code != CURLE_OK || answer.status != 404 || code_of(answer.message) == "NoSuchBucket")
    refuse(answer);
  return false;
}

void S3Store::remove(const std::string& key) const {
  const Answer answer = ask("DELETE", key, nullptr);
  const bool gone = answer.status == 204 || answer.status == 200 || answer.status == 404;
  if (answer.code != CURLE_OK || !gone) refuse(answer);
}

bool is_object_store(std::string_view place) {
  return place.starts_with("s3://");
}

std::unique_ptr<ObjectStore> open_objects(const std::string& place) {
  return std::make_unique<S3Store>(s3_place(place), s3_keys());
}

}  // namespace atelier::studio
