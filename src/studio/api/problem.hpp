// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <string>

#include "atelier/base/error.hpp"
#include "studio/http/message.hpp"

namespace atelier::studio {

/// An answer that is an error: what a problem document (RFC 9457) says.
class Problem : public std::exception {
 public:
  /// `detail`: one sentence for people, with the remedy. Type and title follow from the status.
  Problem(int status, std::string detail, std::string name = {}, http::Fields fields = {})
      : status_(status),
        detail_(std::move(detail)),
        name_(std::move(name)),
        fields_(std::move(fields)) {}

  [[nodiscard]] const char* what() const noexcept override { return detail_.c_str(); }
  [[nodiscard]] int status() const noexcept { return status_; }
  [[nodiscard]] http::Response response(const std::string& request_id) const;

 private:
  int status_;
  std::string detail_, name_;
  http::Fields fields_;
};

/// One kind of problem: "not-found", "There is no such thing".
struct ProblemKind {
  int status;
  const char* name;
  const char* title;
};
[[nodiscard]] const ProblemKind& problem_kind(int status);

/// The problem that an error of ours is to those who asked. Our own mistakes say nothing of
/// themselves.
[[nodiscard]] Problem as_problem(const Error& error);

}  // namespace atelier::studio
