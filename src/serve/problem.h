#pragma once
/// What went wrong, as a problem document (RFC 9457).

#include <string>
#include <string_view>

#include "base/error.h"
#include "serve/message.h"

namespace tipoff::serve {

/// `{"type": "about:blank", "title", "status", "detail", "hint"}`: what happened, and what there is
/// to do about it, if anything.
[[nodiscard]] Response problem(int status, std::string_view detail, std::string_view hint = {});

/// The status of an error that a handler gave.
[[nodiscard]] int status_of(ErrorCode code);

/// An error that a handler gave. What is the caller's affair is told in full; a fault of ours goes
/// to the log, and the document says where to look.
[[nodiscard]] Response problem_of(const Error& error);

}  // namespace tipoff::serve
