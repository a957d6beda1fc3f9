// SPDX-License-Identifier: Apache-2.0
#include "studio/http/connection.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

namespace atelier::studio::http {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr std::size_t piece_bytes = 64u << 10;
constexpr std::size_t header_piece_bytes = 4u << 10;
constexpr auto drain_time = std::chrono::seconds(2);
constexpr auto body_start_time = std::chrono::seconds(30);

/// The status line and headers, with `length` of the body where it is known.
std::string head_text(const Response& response, std::optional<std::uint64_t> length, bool keep) {
  std::string text = fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason(response.status));
  const std::time_t now = std::time(nullptr);
  text += fmt::format("Date: {:%a, %d %b %Y %H:%M:%S GMT}\r\n", fmt::gmtime(now));
  for (const auto& [name, value] : response.fields) {
    // What comes from outside never ends a line.
    if (value.find_first_of("\r\n") == value.npos)
      text.append(name).append(": ").append(value).append("\r\n");
  }
  if (length && response.status != 204 && response.status != 304)
    text += fmt::format("Content-Length: {}\r\n", *length);
  text += keep ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
  return text;
}

class OpenFile {
 public:
  explicit OpenFile(const std::filesystem::path& path)
      : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~OpenFile() {
    if (file_ >= 0) ::close(file_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  /// Bytes at a place; fewer than asked for where the file ends or cannot be read.
  std::string read(std::uint64_t offset, std::size_t size) const {
    std::string bytes(size, '\0');
    const ssize_t count =
        file_ < 0 ? -1 : ::pread(file_, bytes.data(), size, static_cast<off_t>(offset));
    bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return bytes;
  }

 private:
  int file_;
};

}  // namespace

Connection::Connection(Server::Core& core, std::unique_ptr<Transport> transport, std::string peer,
                       bool secure)
    : core_(core), transport_(std::move(transport)), peer_(std::move(peer)), secure_(secure) {
  core_.connections.insert(this);
  ++core_.open;
}

Connection::~Connection() {
  core_.connections.erase(this);
  --core_.open;
}

Deadline Connection::piece_deadline() const {
  return Clock::now() + core_.options.piece_time;
}

asio::awaitable<void> Connection::run() {
  const Result opened = co_await transport_->open(Clock::now() + core_.options.header_time);
  if (opened != Result::good) co_return;
  bool first = true;
  while (!core_.stopping) {
    const bool more = co_await exchange(first);
    first = false;
    if (!more) break;
  }
}

asio::awaitable<bool> Connection::exchange(bool first) {
  Parser parser;
  idle_ = pending_.empty();
  const Step headers = co_await read_headers(parser, first);
  idle_ = false;
  if (headers != Step::good) co_return false;
  const bool head = parser.request.method == "HEAD", has_body = parser.request.has_body;
  const bool expects = parser.request.field("Expect").has_value();
  const auto begin = [&] { return core_.application.begin(std::move(parser.request)); };
  auto [answer, accepted] = co_await core_.aside(begin);
  bool keep = parser.keep_alive() && !core_.stopping;
  if (!answer) {
    answer = co_await finish(parser, *accepted, has_body, expects);
    if (!answer) co_return false;
  } else if (has_body) {
    keep = false;  // its body was not received, and what follows it cannot be told from it
  }
  keep = keep && !answer->close && !answer->events;
  const bool sent = co_await send(*answer, head, keep);
  if (sent && answer->events && !head) co_await send_events(*answer->events);
  if (sent && keep) co_return true;
  co_await transport_->finish(Clock::now() + drain_time);
  co_return false;
}

asio::awaitable<std::optional<Response>> Connection::finish(Parser& parser,
                                                            Application::Exchange& accepted,
                                                            bool has_body, bool expects) {
  if (has_body && expects) {
    const Result sent =
        co_await transport_->write("HTTP/1.1 100 Continue\r\n\r\n", piece_deadline());
    if (sent != Result::good) co_return std::nullopt;
  }
  if (has_body && co_await read_body(parser, accepted.sink()) != Step::good) co_return std::nullopt;
  const auto work = [&accepted] { return accepted.finish(true); };
  co_return co_await core_.aside(work);
}

asio::awaitable<Connection::Step> Connection::read_headers(Parser& parser, bool first) {
  parser.request.peer = peer_;
  parser.request.secure = secure_;
  bool begun = !pending_.empty();
  const auto patience = begun || first ? core_.options.header_time : core_.options.idle_time;
  Deadline deadline = Clock::now() + patience;
  std::size_t total = 0;
  for (;;) {
    if (!pending_.empty()) {
      int status = 0;
      const std::size_t used = parser.take(pending_, status);
      pending_.erase(0, used);
      total += used;
      if (status == 0 && !parser.is_header_done() && total + pending_.size() > most_header_bytes)
        status = parser.got_some() && total > 0 ? 431 : 414;
      if (status != 0) {
        co_await refuse(status);
        co_return Step::refused;
      }
      if (parser.is_header_done()) co_return Step::good;
    }
    std::size_t count = 0;
    const std::size_t before = pending_.size();
    pending_.resize(before + header_piece_bytes);
    const Result result =
        co_await transport_->read(pending_.data() + before, header_piece_bytes, count, deadline);
    pending_.resize(before + (result == Result::good ? count : 0));
    if (result == Result::late && begun) {
      co_await refuse(408);
      co_return Step::refused;
    }
    if (result != Result::good) co_return Step::gone;
    if (!begun) {
      begun = true;
      idle_ = false;
      if (!first) deadline = Clock::now() + core_.options.header_time;
    }
  }
}

asio::awaitable<Connection::Step> Connection::read_body(Parser& parser, BodySink* sink) {
  parser.sink = sink;
  const auto began = Clock::now();
  std::uint64_t received = 0;
  std::string piece = std::exchange(pending_, {});
  while (!parser.is_done()) {
    if (!piece.empty()) {
      int status = 0;
      const auto take = [&] { return parser.take(piece, status); };
      const std::size_t used = co_await core_.aside(take);
      piece.erase(0, used);
      if (status != 0) {
        co_await refuse(status);
        co_return Step::refused;
      }
      if (parser.is_done()) break;
    }
    const auto allowed = began + body_start_time +
                         std::chrono::duration_cast<Clock::duration>(
                             Seconds(static_cast<double>(received) / core_.options.slowest_body));
    const std::size_t before = piece.size();
    std::size_t count = 0;
    piece.resize(before + piece_bytes);
    const Result result = co_await transport_->read(piece.data() + before, piece_bytes, count,
                                                    std::min(allowed, piece_deadline()));
    piece.resize(before + (result == Result::good ? count : 0));
    received += count;
    if (result == Result::late) {
      co_await refuse(408);
      co_return Step::refused;
    }
    if (result != Result::good) co_return Step::gone;
  }
  pending_ = std::move(piece);
  co_return Step::good;
}

asio::awaitable<bool> Connection::refuse(int status) {
  const Response response = core_.application.refuse(status);
  const bool sent = co_await send(response, false, false);
  if (sent) co_await transport_->finish(Clock::now() + drain_time);
  co_return sent;
}

asio::awaitable<bool> Connection::send(const Response& response, bool head, bool keep) {
  std::optional<std::uint64_t> length = response.body.size();
  if (response.file) length = response.file->length;
  if (response.events) length.reset();
  std::string text = head_text(response, length, keep);
  if (!head && !response.file) text += response.body;
  const Result sent = co_await transport_->write(text, piece_deadline());
  if (sent != Result::good) co_return false;
  if (!head && response.file) {
    const bool whole = co_await send_file(*response.file);
    co_return whole;
  }
  co_return true;
}

asio::awaitable<bool> Connection::send_file(const FilePart& part) {
  const OpenFile file(part.path);
  std::uint64_t offset = part.offset, left = part.length;
  while (left > 0) {
    const std::size_t size = std::min<std::uint64_t>(left, piece_bytes);
    const auto read = [&] { return file.read(offset, size); };
    const std::string bytes = co_await core_.aside(read);
    // Cut short, it is better ended than filled up: the length says that it is not whole.
    if (bytes.empty()) co_return false;
    const Result sent = co_await transport_->write(bytes, piece_deadline());
    if (sent != Result::good) co_return false;
    offset += bytes.size();
    left -= bytes.size();
  }
  co_return true;
}

asio::awaitable<void> Connection::send_events(const EventStream& stream) {
  Listener listener(core_.io.get_executor(), stream);
  struct Listening {
    Server::Core& core;
    Listener& listener;
    Listening(Server::Core& c, Listener& l) : core(c), listener(l) {
      core.listeners.add(listener);
      ++core.streams;
    }
    ~Listening() {
      core.listeners.remove(listener);
      --core.streams;
    }
  } const listening(core_, listener);

  std::vector<Event> events = co_await core_.aside(stream.present);
  std::erase_if(events, [&](const Event& event) { return !stream.sees(event); });
  std::string text = "retry: 1000\n\n";
  bool last = false;
  for (;;) {
    for (const Event& event : events) {
      text += *event.text;
      listener.has_sent(event);
      last = last || (event.last && !stream.about.empty());
    }
    if (listener.ended() || core_.stopping) {
      text += "event: bye\ndata: {}\n\n";
      last = true;
    }
    if (text.empty()) text = ":\n\n";
    const Result sent = co_await transport_->write(text, piece_deadline());
    if (sent != Result::good || last) co_return;
    text.clear();
    co_await listener.wait(Clock::now() + core_.options.event_comment);
    events = listener.take();
  }
}

}  // namespace atelier::studio::http
