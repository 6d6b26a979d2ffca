#pragma once
/// A command line as one process hands it to another, with what it needs of the caller's
/// surroundings.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "cli/terminal.h"

namespace tipoff::cli {

struct HandedRequest {
    std::string version;    ///< of the program that asks; another one is refused
    std::string directory;  ///< where it was called: relative paths are of there
    Terminal out;
    Terminal errors;
    std::vector<std::pair<std::string, std::string>> variables;
    std::vector<std::string> words;  ///< after the program's name
};

/// "0.1.0 (2f6c1d0)": two processes talk only where it is the same.
[[nodiscard]] std::string talking_version();

/// This process's own, of these words.
[[nodiscard]] HandedRequest request_of(const std::vector<std::string>& words);

[[nodiscard]] std::string packed(const HandedRequest& request);

/// `kInvalidInput` for what is none. A request of another version has its version and nothing else.
Expected<HandedRequest> unpacked_request(std::string_view payload);

/// An error as a frame's payload, and back.
[[nodiscard]] std::string packed(const Error& error);
Expected<Error> unpacked_error(std::string_view payload);

}  // namespace tipoff::cli
