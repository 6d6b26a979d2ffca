#pragma once
/// A password, or a URL that is one: handed to whoever uses it, and never printed.

#include <filesystem>
#include <string>
#include <utility>

#include "base/error.h"

namespace tipoff {

/// Has no conversion to text and no formatter, so that it gets into no message by mistake.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string text) : text_(std::move(text)) {}

    /// For the call that needs it.
    [[nodiscard]] const std::string& reveal() const { return text_; }
    [[nodiscard]] bool is_empty() const { return text_.empty(); }

private:
    std::string text_;
};

/// The first line of a file that only its owner can read (mode 0600, or 0400). Any other mode, or
/// something that is no file, is `kRefused` and the hint says what to do; no file is `kNotFound`;
/// an empty first line is `kInvalidInput`.
Expected<Secret> read_secret_file(const std::filesystem::path& path);

}  // namespace tipoff
