// SPDX-License-Identifier: Apache-2.0
// A small S3 store on loopback, for tests: one bucket in memory; every request must be signed.
#pragma once

#include <fmt/format.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "atelier/base/digest.hpp"
#include "studio/files/s3.hpp"

namespace atelier::studio {

/// Answers GET, PUT, HEAD and DELETE of /BUCKET/KEY, and checks what a store must: the signature
/// over what came (its own way of signing is held to AWS's published examples by s3_test.cpp), and
/// that the body has the digest that was signed.
class FakeS3 {
  using Tcp = boost::asio::ip::tcp;
  using Request = boost::beast::http::request<boost::beast::http::string_body>;
  using Answer = boost::beast::http::response<boost::beast::http::string_body>;

 public:
  FakeS3(std::string bucket, S3Keys keys) : bucket_(std::move(bucket)), keys_(std::move(keys)) {
    thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
  }
  ~FakeS3() {
    thread_.request_stop();
    boost::system::error_code ignored;
    Tcp::socket knock(io_);
    knock.connect(acceptor_.local_endpoint(), ignored);
  }
  FakeS3(const FakeS3&) = delete;
  FakeS3& operator=(const FakeS3&) = delete;

  [[nodiscard]] std::string endpoint() const {
    return fmt::format("http://127.0.0.1:{}", acceptor_.local_endpoint().port());
  }
  [[nodiscard]] S3Place place(std::string prefix = "") const {
    return {endpoint(), false, bucket_, std::move(prefix)};
  }
  [[nodiscard]] std::map<std::string, std::string> objects() {
    const std::scoped_lock lock(mutex_);
    return objects_;
  }
  void change(const std::string& key, const std::string& content) {
    const std::scoped_lock lock(mutex_);
    objects_[key] = content;
  }
  void forget(const std::string& key) {
    const std::scoped_lock lock(mutex_);
    objects_.erase(key);
  }
  /// From now on nothing may be put there, as with keys that may read alone.
  void refuse_puts(bool refuses) {
    const std::scoped_lock lock(mutex_);
    read_only_ = refuses;
  }
  /// The next requests are answered with 503.
  void fail_next(int count) {
    const std::scoped_lock lock(mutex_);
    failures_ = count;
  }
  [[nodiscard]] int requests() {
    const std::scoped_lock lock(mutex_);
    return requests_;
  }

 private:
  void serve(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      boost::system::error_code error;
      Tcp::socket socket(io_);
      acceptor_.accept(socket, error);
      if (error || stop.stop_requested()) return;
      boost::beast::flat_buffer buffer;
      boost::beast::http::request_parser<boost::beast::http::string_body> parser;
      parser.body_limit(std::uint64_t{64} << 20);
      boost::beast::http::read(socket, buffer, parser, error);
      if (error) continue;
      Answer answer = reply(parser.get());
      answer.keep_alive(false);
      if (parser.get().method() == boost::beast::http::verb::head) {
        answer.content_length(answer.body().size());
        boost::beast::http::response_serializer<boost::beast::http::string_body> only(answer);
        boost::beast::http::write_header(socket, only, error);
      } else {
        answer.prepare_payload();
        boost::beast::http::write(socket, answer, error);
      }
      socket.shutdown(Tcp::socket::shutdown_both, error);
    }
  }

  static Answer refused(unsigned status, const std::string& code) {
    Answer answer{boost::beast::http::int_to_status(status), 11};
    answer.body() = fmt::format("<?xml version=\"1.0\"?><Error><Code>{}</Code></Error>", code);
    return answer;
  }

  [[nodiscard]] bool is_signed(const Request& request) const {
    S3Request signed_request{
        std::string(request.method_string()), std::string(request.target()), "", {}};
    const std::string given(request["Authorization"]);
    const std::size_t begin = given.find("SignedHeaders=") + 14;
    std::string names = given.substr(begin, given.find(',', begin) - begin) + ";";
    for (std::size_t end; (end = names.find(';')) != names.npos; names.erase(0, end + 1)) {
      const std::string name = names.substr(0, end);
      signed_request.headers[name] = std::string(request[name]);
    }
    for (const char* needed : {"host", "x-amz-content-sha256", "x-amz-date"})
      if (!signed_request.headers.contains(needed)) return false;
    return given == authorization(signed_request, keys_);
  }

  Answer reply(const Request& request) {
    using boost::beast::http::verb;
    const std::scoped_lock lock(mutex_);
    ++requests_;
    if (failures_ > 0) {
      --failures_;
      return refused(503, "SlowDown");
    }
    if (!is_signed(request)) return refused(403, "SignatureDoesNotMatch");
    if (sha256(std::as_bytes(std::span(request.body()))) != request["x-amz-content-sha256"])
      return refused(400, "XAmzContentSHA256Mismatch");
    const std::string target(request.target()), root = "/" + bucket_ + "/";
    if (!target.starts_with(root)) return refused(404, "NoSuchBucket");
    const std::string key = target.substr(root.size());
    Answer answer{boost::beast::http::status::ok, 11};
    const auto found = objects_.find(key);
    switch (request.method()) {
      case verb::put:
        if (read_only_) return refused(403, "AccessDenied");
        objects_[key] = request.body();
        return answer;
      case verb::delete_:
        objects_.erase(key);
        answer.result(204);
        return answer;
      case verb::get:
      case verb::head:
        if (found == objects_.end()) return refused(404, "NoSuchKey");
        answer.body() = found->second;
        return answer;
      default:
        return refused(405, "MethodNotAllowed");
    }
  }

  std::string bucket_;
  S3Keys keys_;
  std::mutex mutex_;
  std::map<std::string, std::string> objects_;
  bool read_only_ = false;
  int failures_ = 0, requests_ = 0;
  boost::asio::io_context io_;
  Tcp::acceptor acceptor_{io_, {boost::asio::ip::address_v4::loopback(), 0}};
  std::jthread thread_;  // last: it uses all above
};

}  // namespace atelier::studio
