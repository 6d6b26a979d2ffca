#pragma once
/// Handing a command to the process that has the home open for writing.

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/error.h"
#include "cli/exit_code.h"

namespace tipoff::cli {

/// Nobody listens in the home.
struct NobodyAnswers {};

/// The owner does not do this now, and nothing is done of it: its name, and why.
struct NotNow {
    std::string owner;
    Error why;
};

using Answer = std::variant<ExitCode, NobodyAnswers, NotNow>;

/// Hands over the words, prints what comes back, and returns the exit code. `kRefused` for another
/// version, `kBusy` for an owner that takes no more commands or does not answer, `kIo` for one that
/// ended while it answered.
Expected<Answer> hand_over(const std::filesystem::path& home,
                           const std::vector<std::string>& words);

/// Who answers in the home, by its own words; nothing where nobody does; the error of `hand_over`
/// where somebody is there and does not.
Expected<std::optional<std::string>> answering_owner(const std::filesystem::path& home);

}  // namespace tipoff::cli
