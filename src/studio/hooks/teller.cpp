// SPDX-License-Identifier: Apache-2.0
#include "studio/hooks/teller.hpp"

#include <curl/curl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <chrono>
#include <memory>

#include "atelier/base/error.hpp"
#include "studio/hooks/address.hpp"
#include "studio/log.hpp"

namespace atelier::studio {
namespace {

using namespace std::chrono_literals;

constexpr auto look_every = 1s;
constexpr long connect_seconds = 5, most_seconds = 15;

struct CleanUp {
  void operator()(CURL* curl) const noexcept { curl_easy_cleanup(curl); }
};
struct FreeList {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

/// Ends the transfer at the first byte of a body: the status is all that counts.
std::size_t take_nothing(char*, std::size_t, std::size_t, void*) {
  return 0;
}

/// Ends it when the server does.
int look(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::stop_token*>(stop)->stop_requested() ? 1 : 0;
}

void tell(Hooks& hooks, const Hooks::Due& due, const std::vector<std::string>& hosts,
          const std::stop_token& stop) {
  try {
    check_hook_address(due.url, hosts);
  } catch (const Error& error) {
    hooks.failed(due, error.what(), true);
    return;
  }
  const std::string body =
      to_json(due.job, true).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  const std::string trouble = post_hook(
      due.url, body, hook_signature(due.secret, static_cast<std::int64_t>(now_seconds()), body),
      fmt::format("{}-{}", due.job.id, due.job.version), stop);
  if (trouble.empty()) {
    hooks.told(due);
  } else {
    hooks.failed(due, trouble);
  }
  log_event("webhook", {{"job", due.job.id}, {"attempt", due.attempt}, {"trouble", trouble}});
}

}  // namespace

std::string hook_signature(const std::string& secret, std::int64_t seconds,
                           const std::string& body) {
  const std::string message = fmt::format("{}.{}", seconds, body);
  std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
  unsigned size = 0;
  const auto* done = HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
                          reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                          code.data(), &size);
  if (done == nullptr) fail(ErrorKind::internal, "OpenSSL has no HMAC-SHA-256.");
  std::string text = fmt::format("t={},v1=", seconds);
  for (unsigned i = 0; i < size; ++i) text += fmt::format("{:02x}", code[i]);
  return text;
}

std::string post_hook(const std::string& url, const std::string& body, const std::string& signature,
                      const std::string& delivery, const std::stop_token& stop) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  const std::unique_ptr<CURL, CleanUp> curl(ready == CURLE_OK ? curl_easy_init() : nullptr);
  if (!curl) fail(ErrorKind::internal, "libcurl cannot begin.");
  const auto set = [&](CURLoption option, auto value) {
    curl_easy_setopt(curl.get(), option, value);
  };
  curl_slist* lines = nullptr;
  for (const std::string& line :
       {std::string("Content-Type: application/json"), std::string("Expect:"),
        "Atelier-Signature: " + signature, "Atelier-Delivery: " + delivery}) {
    lines = curl_slist_append(lines, line.c_str());
  }
  const std::unique_ptr<curl_slist, FreeList> headers(lines);
  std::array<char, CURL_ERROR_SIZE> complaint{};
  set(CURLOPT_URL, url.c_str());
  set(CURLOPT_HTTPHEADER, headers.get());
  set(CURLOPT_POSTFIELDS, body.c_str());
  set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_PROXY, "");
  set(CURLOPT_USERAGENT, "atelier");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_CONNECTTIMEOUT, connect_seconds);
  set(CURLOPT_TIMEOUT, most_seconds);
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, look);
  set(CURLOPT_XFERINFODATA, &stop);
  set(CURLOPT_ERRORBUFFER, complaint.data());
  set(CURLOPT_WRITEFUNCTION, take_nothing);
  const CURLcode code = curl_easy_perform(curl.get());
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status >= 200 && status < 300) return "";
  if (status != 0) return fmt::format("it answered {}", status);
  return complaint[0] != '\0' ? complaint.data() : curl_easy_strerror(code);
}

Teller::Teller(Records& records, std::vector<std::string> hosts)
    : hooks_(records), hosts_(std::move(hosts)) {
  for (int i = 0; i < most_at_once; ++i) {
    threads_.emplace_back([this](const std::stop_token& stop) { serve(stop); });
  }
}

Teller::~Teller() {
  for (std::jthread& thread : threads_) thread.request_stop();
}

std::optional<Hooks::Due> Teller::wait(const std::stop_token& stop) {
  const std::scoped_lock look(looking_);
  while (!stop.stop_requested()) {
    std::unique_lock lock(mutex_);
    const std::uint64_t before = told_;
    lock.unlock();
    try {
      if (auto due = hooks_.take()) return due;
    } catch (const std::exception& error) {
      log_event("webhook_trouble", {{"level", "error"}, {"what", error.what()}});
    }
    lock.lock();
    freed_.wait_for(lock, stop, look_every, [&] { return told_ != before; });
  }
  return std::nullopt;
}

void Teller::serve(const std::stop_token& stop) {
  for (;;) {
    const std::optional<Hooks::Due> due = wait(stop);
    if (!due) return;
    try {
      tell(hooks_, *due, hosts_, stop);
    } catch (const std::exception& error) {
      log_event("webhook_trouble", {{"level", "error"}, {"what", error.what()}});
    }
    const std::scoped_lock lock(mutex_);
    ++told_;
    freed_.notify_all();
  }
}

}  // namespace atelier::studio
