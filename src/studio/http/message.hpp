// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace atelier::studio::http {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// A request without what only its connection knows.
struct Request {
  std::string method, target;
  Fields fields;
  std::string peer;                     ///< its address, without port
  bool secure = false;                  ///< came through TLS
  bool whole = true;                    ///< false: refused before all of its headers came
  std::optional<std::uint64_t> length;  ///< of its body, where it says so
  bool has_body = false;

  /// The value of a field by its name in any case; nothing where it is missing. Empty where it
  /// comes more than once and so says nothing for certain.
  [[nodiscard]] std::optional<std::string> field(std::string_view name) const;
};

/// A part of a file, sent as it lies on the disk.
struct FilePart {
  std::filesystem::path path;
  std::uint64_t offset = 0, length = 0;
};

/// One server-sent event of what has changed about one job.
struct Event {
  std::string about;  ///< the job; a later event about it stands for an earlier one
  std::int64_t version = 0;
  std::shared_ptr<const std::string> text;  ///< as it is sent, blank line included
  bool last = false;                        ///< nothing more will come about it
  std::string owner = {};                   ///< who alone sees it; empty: everybody
};

/// A stream of events: what there is now, then what comes.
struct EventStream {
  std::string about;  ///< one job; empty: all
  /// Asked once, after the stream has begun to listen, so that nothing falls between.
  std::function<std::vector<Event>()> present;
  std::string seer = {};  ///< who listens; empty: one who sees everything

  [[nodiscard]] bool sees(const Event& event) const {
    return (about.empty() || event.about == about) &&
           (seer.empty() || event.owner.empty() || event.owner == seer);
  }
};

struct Response {
  int status = 200;
  Fields fields = {};
  std::string body = {};
  std::optional<FilePart> file = {};
  std::optional<EventStream> events = {};
  bool close = false;  ///< the connection ends after it
};

/// What a body is received into, piece by piece.
class BodySink {
 public:
  virtual ~BodySink() = default;
  /// False: it is too much, and the rest is not received.
  virtual bool append(std::string_view bytes) = 0;
};

/// What is served: two steps to a request, so that a body is received only where it is wanted. Both
/// are called from several threads at once and may take their time.
class Application {
 public:
  virtual ~Application() = default;

  /// What an accepted request is between its two steps.
  class Exchange {
   public:
    virtual ~Exchange() = default;
    /// Where the body goes; null: none is received.
    virtual BodySink* sink() = 0;
    /// Its answer. `whole`: all of the body came.
    virtual Response finish(bool whole) = 0;
  };

  /// After the headers: an answer at once, or the way on.
  virtual std::pair<std::optional<Response>, std::unique_ptr<Exchange>> begin(Request request) = 0;
  /// The answer to what is no request: 400, 408, 413, 414, 431 or 503.
  virtual Response refuse(int status) = 0;
};

/// "OK" for 200.
[[nodiscard]] const char* reason(int status);

}  // namespace atelier::studio::http
