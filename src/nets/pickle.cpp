// SPDX-License-Identifier: Apache-2.0
#include "nets/pickle.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "atelier/base/error.hpp"

namespace atelier::nets {
namespace {

constexpr std::size_t max_bytes = 64u << 20;
constexpr std::size_t max_values = 1'000'000;
constexpr std::size_t max_stack = 1'000'000;
constexpr std::size_t max_marks = 1'000;
constexpr std::size_t max_name = 1'000;

/// The stack machine. Offsets in messages count from the pickle's first byte.
class Machine {
 public:
  Machine(std::span<const std::byte> bytes, const PickleAllowed& allowed)
      : bytes_(bytes.first(std::min(bytes.size(), max_bytes))), allowed_(allowed) {}

  Pickle run() {
    while (!step()) {
    }
    result_.root = pop();
    result_.size = at_;
    return std::move(result_);
  }

 private:
  using Value = PickleValue;
  using Ref = PickleValue*;

  [[noreturn]] void refuse(const char* reason) const {
    fail(ErrorKind::bad_input, "the pickled file is damaged at byte {} ({}); bring a whole copy.",
         at_, reason);
  }

  // Reading.
  std::span<const std::byte> take(std::uint64_t count) {
    if (count > bytes_.size() - at_) refuse("it ends early");
    const auto piece = bytes_.subspan(at_, static_cast<std::size_t>(count));
    at_ += piece.size();
    return piece;
  }
  std::uint64_t take_unsigned(int count) {
    const auto piece = take(static_cast<std::uint64_t>(count));
    std::uint64_t value = 0;
    for (int i = count; i-- > 0;) {
      value = value << 8 | std::to_integer<std::uint64_t>(piece[static_cast<std::size_t>(i)]);
    }
    return value;
  }
  std::string take_text(std::uint64_t count) {
    const auto piece = take(count);
    return {reinterpret_cast<const char*>(piece.data()), piece.size()};
  }
  std::string take_line() {
    const auto rest = bytes_.subspan(at_);
    const auto end = std::find(rest.begin(), rest.end(), std::byte{'\n'});
    if (end == rest.end() || end - rest.begin() > static_cast<std::ptrdiff_t>(max_name)) {
      refuse("a name has no end");
    }
    std::string line = take_text(static_cast<std::uint64_t>(end - rest.begin()));
    ++at_;
    return line;
  }

  // Stack, marks and memo.
  Ref make(Value value) {
    if (result_.nodes.size() == max_values) refuse("it holds more than a million values");
    return &result_.nodes.emplace_back(std::move(value));
  }
  void push(Ref value) {
    if (stack_.size() == max_stack) refuse("its stack exceeds a million entries");
    stack_.push_back(value);
  }
  template <class T>
  void push_new(T content) {
    push(make(Value{std::move(content)}));
  }
  std::size_t floor() const { return marks_.empty() ? 0 : marks_.back(); }
  Ref pop() {
    if (stack_.size() <= floor()) refuse("its stack is empty");
    const Ref value = stack_.back();
    stack_.pop_back();
    return value;
  }
  Ref top() const {
    if (stack_.size() <= floor()) refuse("its stack is empty");
    return stack_.back();
  }
  std::vector<PickleRef> pop_to_mark() {
    if (marks_.empty()) refuse("a mark is missing");
    std::vector<PickleRef> items(stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back()),
                                 stack_.end());
    stack_.resize(marks_.back());
    marks_.pop_back();
    return items;
  }
  void push_tuple(std::size_t count) {
    std::vector<PickleRef> items(count);
    for (std::size_t i = count; i-- > 0;) items[i] = pop();
    push_new(PickleTuple{std::move(items)});
  }
  void memoise(std::uint64_t key) {
    if (memo_.size() == max_values) refuse("its memo exceeds a million entries");
    memo_[key] = top();
  }
  void push_memo(std::uint64_t key) {
    const auto found = memo_.find(key);
    if (found == memo_.end()) refuse("it refers to a value it does not hold");
    push(found->second);
  }

  // Containers.
  void append(std::vector<PickleRef> items) {
    auto* list = std::get_if<PickleList>(&top()->content);
    if (!list) refuse("it appends to something other than a list");
    list->items.insert(list->items.end(), items.begin(), items.end());
  }
  void set_items(std::vector<PickleRef> items) {
    auto* dict = std::get_if<PickleDict>(&top()->content);
    if (!dict || items.size() % 2 != 0) refuse("it sets items of something other than a dict");
    for (std::size_t i = 0; i < items.size(); i += 2) {
      dict->items.emplace_back(items[i], items[i + 1]);
    }
  }

  // What would run code elsewhere.
  void push_global(std::string module, std::string name) {
    PickleGlobal global{std::move(module), std::move(name)};
    if (!allowed_(global)) {
      fail(ErrorKind::bad_input,
           "the file wants to run {}.{}; Atelier never executes code in weights. Bring a file that "
           "holds "
           "tensors only, as safetensors or a state dict.",
           printable(global.module), printable(global.name));
    }
    push_new(std::move(global));
  }
  static std::string printable(std::string text) {
    if (text.size() > 80) text.resize(80);
    for (char& c : text) c = c >= ' ' && c <= '~' ? c : '?';
    return text;
  }
  void reduce() {
    const PickleRef arguments = pop();
    const PickleRef function = pop();
    const auto* global = function->as<PickleGlobal>();
    if (!global) refuse("it calls something that has no name");
    if (!arguments->as<PickleTuple>()) refuse("it calls without arguments");
    if (global->module == "collections" && global->name == "OrderedDict") {
      if (!arguments->as<PickleTuple>()->items.empty()) refuse("it fills a dict in its call");
      push_new(PickleDict{});
    } else {
      push_new(PickleCall{*global, arguments});
    }
  }
  void build() {
    pop();
    if (!top()->as<PickleDict>()) refuse("it sets the state of something other than a dict");
  }

  void push_long(std::uint64_t count) {
    const std::string bytes = take_text(count);
    if (bytes.size() > 8) return push_new(PickleBigInt{bytes});
    std::uint64_t value = !bytes.empty() && (bytes.back() & 0x80) ? ~std::uint64_t{0} : 0;
    for (std::size_t i = bytes.size(); i-- > 0;) {
      value = value << 8 | static_cast<unsigned char>(bytes[i]);
    }
    push_new(static_cast<std::int64_t>(value));
  }
  void push_double() {
    std::uint64_t bits = 0;  // big-endian, the only such number in a pickle
    for (const std::byte b : take(8)) bits = bits << 8 | std::to_integer<std::uint64_t>(b);
    push_new(std::bit_cast<double>(bits));
  }

  /// Does one opcode; true after STOP.
  bool step() {
    const auto opcode = static_cast<unsigned char>(take_unsigned(1));
    switch (opcode) {
      case 0x80: {  // PROTO
        const auto version = take_unsigned(1);
        if (version < 2 || version > 4) refuse("its protocol is not 2, 3 or 4");
        break;
      }
      case 0x95:
        take_unsigned(8);
        break;  // FRAME
      case '.':
        return true;  // STOP
      case '(':       // MARK
        if (marks_.size() == max_marks) refuse("it nests deeper than a thousand");
        marks_.push_back(stack_.size());
        break;
      case '0':
        pop();
        break;  // POP
      case '1':
        pop_to_mark();
        break;  // POP_MARK
      case '2':
        push(top());
        break;  // DUP

      case 'N':
        push_new(PickleNone{});
        break;  // NONE
      case 0x88:
        push_new(true);
        break;  // NEWTRUE
      case 0x89:
        push_new(false);
        break;   // NEWFALSE
      case 'J':  // BININT
        push_new(std::int64_t{static_cast<std::int32_t>(take_unsigned(4))});
        break;
      case 'K':
        push_new(static_cast<std::int64_t>(take_unsigned(1)));
        break;  // BININT1
      case 'M':
        push_new(static_cast<std::int64_t>(take_unsigned(2)));
        break;  // BININT2
      case 0x8a:
        push_long(take_unsigned(1));
        break;  // LONG1
      case 0x8b:
        push_long(take_unsigned(4));
        break;  // LONG4
      case 'G':
        push_double();
        break;  // BINFLOAT

      case 'X':
        push_new(take_text(take_unsigned(4)));
        break;  // BINUNICODE
      case 0x8c:
        push_new(take_text(take_unsigned(1)));
        break;  // SHORT_BINUNICODE
      case 0x8d:
        push_new(take_text(take_unsigned(8)));
        break;  // BINUNICODE8
      case 'T':
        push_new(take_text(take_unsigned(4)));
        break;  // BINSTRING
      case 'U':
        push_new(take_text(take_unsigned(1)));
        break;  // SHORT_BINSTRING
      case 'B':
        push_new(PickleBytes{take_text(take_unsigned(4))});
        break;  // BINBYTES
      case 'C':
        push_new(PickleBytes{take_text(take_unsigned(1))});
        break;  // SHORT_BINBYTES
      case 0x8e:
        push_new(PickleBytes{take_text(take_unsigned(8))});
        break;  // BINBYTES8

      case ')':
        push_tuple(0);
        break;  // EMPTY_TUPLE
      case 0x85:
        push_tuple(1);
        break;  // TUPLE1
      case 0x86:
        push_tuple(2);
        break;  // TUPLE2
      case 0x87:
        push_tuple(3);
        break;  // TUPLE3
      case 't':
        push_new(PickleTuple{pop_to_mark()});
        break;  // TUPLE
      case ']':
        push_new(PickleList{});
        break;  // EMPTY_LIST
      case 'l':
        push_new(PickleList{pop_to_mark()});
        break;  // LIST
      case 'a':
        append({pop()});
        break;  // APPEND
      case 'e':
        append(pop_to_mark());
        break;  // APPENDS
      case '}':
        push_new(PickleDict{});
        break;     // EMPTY_DICT
      case 's': {  // SETITEM
        const PickleRef value = pop();
        const PickleRef key = pop();
        set_items({key, value});
        break;
      }
      case 'u':
        set_items(pop_to_mark());
        break;  // SETITEMS

      case 'q':
        memoise(take_unsigned(1));
        break;  // BINPUT
      case 'r':
        memoise(take_unsigned(4));
        break;  // LONG_BINPUT
      case 0x94:
        memoise(memo_.size());
        break;  // MEMOIZE
      case 'h':
        push_memo(take_unsigned(1));
        break;  // BINGET
      case 'j':
        push_memo(take_unsigned(4));
        break;  // LONG_BINGET

      case 'c': {  // GLOBAL
        std::string module = take_line();
        push_global(std::move(module), take_line());
        break;
      }
      case 0x93: {  // STACK_GLOBAL
        const PickleRef name = pop();
        const PickleRef module = pop();
        if (!name->as<std::string>() || !module->as<std::string>()) refuse("a name is no text");
        push_global(*module->as<std::string>(), *name->as<std::string>());
        break;
      }
      case 'i': {  // INST: a call by name; no state dict needs it
        const std::string module = take_line();
        fail(ErrorKind::bad_input,
             "the file wants to run {}.{}; Atelier never executes code in weights.",
             printable(module), printable(take_line()));
      }
      case 'R':
        reduce();
        break;  // REDUCE
      case 'b':
        build();
        break;  // BUILD
      case 'Q':
        push_new(PicklePersistent{pop()});
        break;  // BINPERSID
      default:
        fail(ErrorKind::bad_input,
             "the pickled file uses opcode 0x{:02x} at byte {}, which no state dict needs; save it "
             "again "
             "as a state dict or as safetensors.",
             opcode, at_ - 1);
    }
    return false;
  }

  std::span<const std::byte> bytes_;
  const PickleAllowed& allowed_;
  std::size_t at_ = 0;
  Pickle result_;
  std::vector<Ref> stack_;
  std::vector<std::size_t> marks_;
  std::unordered_map<std::uint64_t, Ref> memo_;
};

}  // namespace

Pickle read_pickle(std::span<const std::byte> bytes, const PickleAllowed& allowed) {
  return Machine(bytes, allowed).run();
}

}  // namespace atelier::nets
