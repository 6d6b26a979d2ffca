#pragma once
/// Errors as values.
///
/// Every call that can fail for a reason outside the program returns `Expected<T>`; the result
/// cannot be dropped. An `Error` says what happened (`message`, naming the file, row or table) and,
/// where there is something to do about it, what to do next (`hint`). Exceptions are left for
/// broken invariants: `require()` throws `InvariantBroken`, and nothing below `main` catches it.

#include <cstdint>
#include <expected>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace tipoff {

/// The closed set of ways in which a call fails. A caller decides by the code; a person reads the
/// message.
enum class ErrorCode : std::uint8_t {
    kInvalidInput,  ///< what was given cannot be used: a malformed file, an impossible date
    kUsage,         ///< the command line asks for something that does not exist
    kNotFound,      ///< what was asked for is not there
    kCorrupt,       ///< a file of ours is damaged or is not ours
    kRefused,       ///< possible, but not safe to do now
    kBusy,          ///< another process holds what is needed
    kFenced,        ///< another run took over: this one may no longer write
    kIo,            ///< the operating system or the disk failed
    kInternal,      ///< a defect of the program
};

[[nodiscard]] std::string_view to_string(ErrorCode code);

/// What went wrong and what to do about it.
class Error {
public:
    Error(ErrorCode code, std::string message, std::string hint = {})
        : code_(code), message_(std::move(message)), hint_(std::move(hint)) {}

    [[nodiscard]] ErrorCode code() const { return code_; }
    [[nodiscard]] const std::string& message() const { return message_; }
    [[nodiscard]] const std::string& hint() const { return hint_; }

    /// The same error, told from further out: "context: message".
    [[nodiscard]] Error with_context(std::string_view context) const;

private:
    ErrorCode code_;
    std::string message_;
    std::string hint_;
};

/// A value or an error; the compiler warns when it is dropped.
template <class T>
class [[nodiscard]] Expected : public std::expected<T, Error> {
public:
    using std::expected<T, Error>::expected;
};

/// Success or an error.
using Status = Expected<void>;

[[nodiscard]] inline std::unexpected<Error> fail(ErrorCode code, std::string message,
                                                 std::string hint = {}) {
    return std::unexpected(Error(code, std::move(message), std::move(hint)));
}

/// Thrown when the program itself is wrong; it is never caught to go on.
class InvariantBroken : public std::logic_error {
    using std::logic_error::logic_error;
};

/// Stops the program's work when `condition` does not hold. Stays on in release builds.
inline void require(bool condition, const char* what) {
    if (!condition) throw InvariantBroken(what);
}

}  // namespace tipoff

#define TIPOFF_CONCAT_INNER(a, b) a##b
#define TIPOFF_CONCAT(a, b) TIPOFF_CONCAT_INNER(a, b)

/// `TIPOFF_TRY(auto rows, read(path));` declares `rows` from the value, or returns the error from
/// the enclosing function.
#define TIPOFF_TRY(declaration, expression) \
    TIPOFF_TRY_AS(TIPOFF_CONCAT(tipoff_result_, __LINE__), declaration, expression)
#define TIPOFF_TRY_AS(result, declaration, expression)              \
    auto result = (expression);                                     \
    if (!result) return std::unexpected(std::move(result).error()); \
    declaration = *std::move(result)

/// Returns the error of a `Status` (or drops the value of an `Expected`) from the enclosing
/// function.
#define TIPOFF_CHECK(expression)                                                      \
    do {                                                                              \
        auto tipoff_status = (expression);                                            \
        if (!tipoff_status) return std::unexpected(std::move(tipoff_status).error()); \
    } while (false)
