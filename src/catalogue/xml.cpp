// SPDX-License-Identifier: Apache-2.0
#include "catalogue/xml.hpp"

#include <expat.h>

#include <exception>
#include <memory>
#include <vector>

#include "atelier/base/error.hpp"

namespace atelier::catalogue {
namespace {

/// Expat is C: what is thrown in its calls is kept until it has returned.
struct Reading {
  XML_Parser parser = nullptr;
  const XmlHandler* handler = nullptr;
  std::string what;
  std::vector<std::string> texts;
  std::exception_ptr thrown;

  template <class Act>
  void guarded(const Act& act) {
    if (thrown) return;
    try {
      act();
    } catch (...) {
      thrown = std::current_exception();
      XML_StopParser(parser, XML_FALSE);
    }
  }
  [[noreturn]] void refuse(std::string_view why) const {
    fail(ErrorKind::bad_input, "{}, line {}: {}.", what, XML_GetCurrentLineNumber(parser), why);
  }
};

Reading& reading_of(void* data) {
  return *static_cast<Reading*>(data);
}

void on_begin(void* data, const XML_Char* name, const XML_Char** /*attributes*/) {
  Reading& reading = reading_of(data);
  reading.guarded([&] {
    if (reading.texts.size() == max_xml_depth)
      reading.refuse("elements stand too deep within each other");
    reading.texts.emplace_back();
    reading.handler->begin(name, static_cast<int>(reading.texts.size()));
  });
}

void on_end(void* data, const XML_Char* name) {
  Reading& reading = reading_of(data);
  reading.guarded([&] {
    reading.handler->end(name, static_cast<int>(reading.texts.size()), reading.texts.back());
    reading.texts.pop_back();
  });
}

void on_text(void* data, const XML_Char* text, int length) {
  Reading& reading = reading_of(data);
  reading.guarded([&] {
    if (reading.texts.empty()) return;
    if (reading.texts.back().size() + static_cast<std::size_t>(length) > max_xml_text_bytes)
      reading.refuse("an element holds too long a text");
    reading.texts.back().append(text, static_cast<std::size_t>(length));
  });
}

void on_document_type(void* data, const XML_Char* /*name*/, const XML_Char* /*system*/,
                      const XML_Char* /*public_id*/, int /*internal*/) {
  Reading& reading = reading_of(data);
  reading.guarded([&] {
    reading.refuse("it has a document type, which could declare entities; take <!DOCTYPE out");
  });
}

}  // namespace

void read_xml(std::string_view text, const std::string& what, const XmlHandler& handler) {
  const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(
      XML_ParserCreateNS(nullptr, ' '), XML_ParserFree);
  if (!parser) fail(ErrorKind::out_of_memory, "there is not enough memory to read {}.", what);
  Reading reading{
      .parser = parser.get(), .handler = &handler, .what = what, .texts = {}, .thrown = {}};
  XML_SetUserData(parser.get(), &reading);
  XML_SetElementHandler(parser.get(), on_begin, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_document_type);
  constexpr std::size_t piece = 1 << 20;
  for (;;) {
    const std::string_view part = text.substr(0, piece);
    text.remove_prefix(part.size());
    const auto status = XML_Parse(parser.get(), part.data(), static_cast<int>(part.size()),
                                  text.empty() ? XML_TRUE : XML_FALSE);
    if (reading.thrown) std::rethrow_exception(reading.thrown);
    if (status != XML_STATUS_OK) reading.refuse(XML_ErrorString(XML_GetErrorCode(parser.get())));
    if (text.empty()) return;
  }
}

}  // namespace atelier::catalogue
