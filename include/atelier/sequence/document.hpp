// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/sequence/text_model.hpp"
#include "atelier/sequence/writing.hpp"

namespace atelier::sequence {

/// What a document is asked to be.
struct DocumentRequest {
  std::string title;        ///< its first line, where the model knows headings; empty: any
  std::string topic;        ///< words that it is to be about; empty: any
  double topic_weight = 4;  ///< nats by which a token that means the topic is likelier
  std::string opening;      ///< how its text begins
  /// Tokens of each chapter at most, without the heading. Of a text that no form constrains, a
  /// sentence that ends in the last quarter is the last.
  std::int64_t length = 500;
  /// 1..99. Of several, each stands under its number, and calls those by name whom those before it
  /// called (src/sequence/cast.hpp).
  int chapters = 1;
  std::uint64_t seed = 0;
  ChoiceOptions choice;
  int drafts = 1;  ///< of each line of a text in a form at most; the least forced one stays
  /// Tokens in a row that may stand in a text that the model learned from; 0: any number. What
  /// would go on beyond that is not chosen where there is anything else to choose.
  int copy_limit = 0;
};

/// Keeps a text in a form while it is written.
class DocumentForm {
 public:
  virtual ~DocumentForm() = default;

  /// A text begins with its opening.
  virtual void begin(std::span<const Token> opening) = 0;
  /// Forbids tokens by setting their logits to minus infinity. `body`: the opening and what was
  /// written behind it, of which no token changes but behind back().
  virtual void constrain(std::span<const Token> body, std::span<float> logits) = 0;
  /// Whether a line ends with this body, behind which another one may begin. Of the last line, the
  /// end of the text is a part.
  [[nodiscard]] virtual bool ends_line(std::span<const Token> body) = 0;
  /// Remembers the place where constrain() or ends_line() was last, in the place of what was
  /// remembered before.
  virtual void mark() = 0;
  /// Returns there.
  virtual void back() = 0;
};

/// Who takes part while it is written; each may be empty.
struct DocumentListeners {
  DocumentForm* form = nullptr;
  /// Told the title before the text begins.
  std::function<void(std::string_view)> on_title;
  /// Told of the text bit by bit, in whole characters, from the opening on.
  std::function<void(std::string_view)> on_text;
};

struct Document {
  std::string title;
  std::string text;         ///< with the opening
  std::int64_t tokens = 0;  ///< that were written
  double bits = 0;          ///< by which the model was surprised, a character written
  std::int64_t copied = 0;  ///< tokens of the longest run known from a text; 0: none is known
  std::string copied_text;
  bool complete = false;           ///< the model ended it
  std::vector<std::string> names;  ///< of people whom its chapters call again; one chapter: none
};

/// Writes one document: the heading, of which only the title is told, then the text.
///
/// Throws Error invalid_argument where the model knows no headings and a title is given, the
/// opening or the title hold characters that it does not know, or a constraint forbids every token;
/// cancelled when stopped.
[[nodiscard]] Document write_document(const TextModel& model, Decoder& decoder,
                                      const DocumentRequest& request,
                                      const DocumentListeners& listeners = {},
                                      std::stop_token stop = {});

}  // namespace atelier::sequence
