// SPDX-License-Identifier: Apache-2.0
#include "studio/api/application.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>

#include "atelier/base/resources.hpp"
#include "studio/api/gate.hpp"
#include "studio/api/packing.hpp"
#include "studio/api/quota.hpp"
#include "studio/log.hpp"

namespace atelier::studio {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t least_free_disk = std::int64_t{256} << 20;
constexpr int most_depth = 32;
constexpr std::size_t most_ignored = 64u << 10;

/// What stands where the pattern has {}; nothing when the path is another.
std::optional<std::vector<std::string>> match(const Route& route, const Target& target) {
  if (route.pattern == target.path) return std::vector<std::string>{};
  const std::optional<Target> pattern = parse_target(route.pattern);
  if (!pattern || pattern->parts.size() != target.parts.size()) return std::nullopt;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < target.parts.size(); ++i) {
    const std::string& part = pattern->parts[i];
    if (part.starts_with('{')) {
      if (target.parts[i].empty()) return std::nullopt;
      names.push_back(target.parts[i]);
    } else if (part != target.parts[i]) {
      return std::nullopt;
    }
  }
  // What a pattern without names matches, it matches as it stands: no //, no %2F.
  if (names.empty()) return std::nullopt;
  return names;
}

/// Nesting is limited, since whoever writes such a value down again goes as deep.
nlohmann::json parse_body(const std::string& text) {
  const auto check_depth = [](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
    if (depth > most_depth)
      throw Problem(400, fmt::format("the body nests deeper than {} levels.", most_depth));
    return true;
  };
  nlohmann::json body = nlohmann::json::parse(text, check_depth, false);
  if (body.is_discarded()) throw Problem(400, "the body is no JSON.");
  return body;
}

class Discard : public http::BodySink {
 public:
  bool append(std::string_view bytes) override { return (count_ += bytes.size()) <= most_ignored; }

 private:
  std::size_t count_ = 0;
};

class TextSink : public http::BodySink {
 public:
  bool append(std::string_view bytes) override {
    if (static_cast<std::int64_t>(text.size() + bytes.size()) > most_json_bytes) return false;
    text += bytes;
    return true;
  }
  std::string text;
};

class UploadSink : public http::BodySink {
 public:
  UploadSink(const FileStore& store, std::int64_t most) : upload(store, most) {}
  bool append(std::string_view bytes) override {
    if (failure) return true;  // received to its end, so that the answer is
    try {
      return upload.append(bytes);
    } catch (const Error& error) {
      failure = as_problem(error);
      return true;
    }
  }
  Upload upload;
  std::optional<Problem> failure;
};

std::unique_ptr<http::BodySink> make_sink(const Call& call, const Route& route) {
  Studio& studio = call.studio;
  const http::Request& request = call.request;
  const auto length = static_cast<std::int64_t>(
      std::min<std::uint64_t>(request.length.value_or(0), std::uint64_t{1} << 62));
  if (route.body == BodyKind::none) return std::make_unique<Discard>();
  if (route.body == BodyKind::json) {
    const std::string type = request.field("Content-Type").value_or("");
    if (!type.starts_with("application/json"))
      throw Problem(415, "the body must be application/json.", "Content-Type");
    if (length > most_json_bytes)
      throw Problem(413, fmt::format("a request has at most {} bytes.", most_json_bytes));
    return std::make_unique<TextSink>();
  }
  if (length > studio.upload_bytes()) {
    throw Problem(
        413, fmt::format("a file has at most {} bytes (--upload-limit).", studio.upload_bytes()));
  }
  const std::int64_t left = studio.storage_bytes() - studio.files.usage().bytes;
  const std::int64_t disk = free_disk_bytes(studio.options.data) - least_free_disk;
  if (left < 1 || length > left || length > disk) {
    throw Problem(507,
                  "the studio is full; delete files, or raise --storage-limit where the disk has "
                  "room.");
  }
  const std::int64_t own = storage_left(call);
  if (length > own) refuse_storage(call);
  return std::make_unique<UploadSink>(studio.store, std::min({left, own, studio.upload_bytes()}));
}

}  // namespace

/// A request that was let in.
class StudioApplication::Answering : public Exchange {
 public:
  Answering(Call call, const Route* route, std::string id)
      : call_(std::move(call)), route_(route), id_(std::move(id)) {}

  /// After the checks.
  void expect_body(std::unique_ptr<http::BodySink> sink) { sink_ = std::move(sink); }
  http::BodySink* sink() override { return sink_.get(); }
  Call& call() { return call_; }
  void set_route(const Route& route) { route_ = &route; }

  http::Response finish(bool) override {
    return guarded([this] {
      if (auto* text = dynamic_cast<TextSink*>(sink_.get())) {
        call_.body = parse_body(text->text);
      }
      if (auto* upload = dynamic_cast<UploadSink*>(sink_.get())) {
        if (upload->failure) throw *upload->failure;
        call_.upload = &upload->upload;
      }
      return route_->handle(call_);
    });
  }

  /// An answer for whatever happens, and what the log says of it.
  template <class Work>
  http::Response guarded(Work work) {
    http::Response response;
    try {
      response = work();
      pack(call_.request, response);
    } catch (const Problem& problem) {
      response = problem.response(id_);
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::internal) tell("error", error.what());
      response = as_problem(error).response(id_);
    } catch (const std::exception& error) {
      tell("error", error.what());
      response = Problem(500, "the studio made a mistake; its log says more.").response(id_);
    }
    add_protection(response, id_);
    const double seconds = std::chrono::duration<double>(Clock::now() - began_).count();
    call_.studio.metrics.answered(response.status, seconds);
    if (route_ == nullptr || route_->counted) {
      // The path without its query: that may hold a token.
      log_event("request", {{"id", id_},
                            {"method", call_.request.method},
                            {"path", call_.target.path},
                            {"status", response.status},
                            {"ms", static_cast<int>(seconds * 1000)},
                            {"who", call_.visitor.name}});
    }
    return response;
  }

 private:
  void tell(const char* level, const char* what) const {
    log_event("mistake", {{"level", level}, {"id", id_}, {"what", what}});
  }

  Call call_;
  const Route* route_;
  std::string id_;
  std::unique_ptr<http::BodySink> sink_;
  Clock::time_point began_ = Clock::now();
};

StudioApplication::StudioApplication(Studio& studio, const std::vector<Route>& routes)
    : studio_(studio), routes_(routes) {}

std::pair<std::optional<http::Response>, std::unique_ptr<http::Application::Exchange>>
StudioApplication::begin(http::Request request) {
  auto answering = std::make_unique<Answering>(
      Call{studio_, std::move(request), {}, {}, {}, {}, nullptr}, nullptr, random_text(8));
  std::exception_ptr refused;
  try {
    admit(*answering);
  } catch (...) {
    refused = std::current_exception();
  }
  if (!refused) return {std::nullopt, std::move(answering)};
  return {answering->guarded([&]() -> http::Response { std::rethrow_exception(refused); }),
          nullptr};
}

void StudioApplication::admit(Answering& answering) {
  Call& call = answering.call();
  check_host(studio_, call.request);
  const std::optional<Target> target = parse_target(call.request.target);
  if (!target) throw Problem(400, "the address is not well-formed.");
  call.target = *target;
  check_origin(studio_, call.request, !target->path.starts_with("/api/"));
  std::vector<std::string> methods;
  const Route* route = find_route(call, methods);
  if (route == nullptr || route->counted) {
    if (const int wait = studio_.requests.take(call.request.peer); wait > 0) {
      throw Problem(429, "too many requests came from your address; wait.", {},
                    {{"Retry-After", std::to_string(wait)}});
    }
  }
  if (route == nullptr && methods.empty()) throw Problem(404, "there is nothing at this address.");
  if (route == nullptr) {
    const std::string allowed = fmt::format("{}", fmt::join(methods, ", "));
    throw Problem(405, fmt::format("this address answers {}.", allowed), {}, {{"Allow", allowed}});
  }
  answering.set_route(*route);
  if (route->role != Role::anybody) call.visitor = check_visitor(studio_, call.request);
  check_role(call.visitor, route->role);
  answering.expect_body(make_sink(call, *route));
}

const Route* StudioApplication::find_route(Call& call, std::vector<std::string>& methods) const {
  // HEAD is answered as GET is; the connection leaves the body out.
  const std::string method = call.request.method == "HEAD" ? "GET" : call.request.method;
  const Route* found = nullptr;
  for (const Route& route : routes_) {
    const auto names = match(route, call.target);
    if (!names) continue;
    methods.push_back(route.method);
    if (route.method != method || found != nullptr) continue;
    found = &route;
    call.names = *names;
  }
  return found;
}

http::Response StudioApplication::refuse(int status) {
  static const std::map<int, const char*> reasons{
      {400, "this is no HTTP request that can be read in one way."},
      {408, "the request came too slowly; send it again."},
      {413, "the body is larger than is taken here."},
      {414, "the address has more than 8 KiB."},
      {431, "the headers have more than 16 KiB."}};
  const auto found = reasons.find(status);
  const std::string id = random_text(8);
  http::Response response =
      Problem(status, found == reasons.end() ? "it cannot be done." : found->second).response(id);
  add_protection(response, id);
  response.close = true;
  studio_.metrics.answered(status, 0);
  log_event("refused", {{"id", id}, {"status", status}});
  return response;
}

}  // namespace atelier::studio
