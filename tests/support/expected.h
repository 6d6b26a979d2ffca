#pragma once
/// `Expected` in tests: what came of a call in one word, and its value or a failed test.

#include <stdexcept>
#include <string>
#include <utility>

#include "base/error.h"

namespace tipoff::support {

/// "ok", or the error's code in words ("busy", "damaged", ...), for `EXPECT_EQ`.
template <class T>
[[nodiscard]] std::string outcome_of(const Expected<T>& result) {
    return result ? "ok" : std::string(to_string(result.error().code()));
}

/// The error's whole text, hint included; empty for a success. For failure messages and for
/// asserting what a user is told.
template <class T>
[[nodiscard]] std::string told(const Expected<T>& result) {
    if (result) return {};
    const Error& error = result.error();
    return error.hint().empty() ? error.message() : error.message() + " | " + error.hint();
}

/// The value; an error ends the test with its text.
template <class T>
T value_of(Expected<T> result) {
    if (!result)
        throw std::runtime_error(std::string(to_string(result.error().code())) + ": " +
                                 told(result));
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}

}  // namespace tipoff::support
