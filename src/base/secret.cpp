#include "base/secret.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/parse.h"

namespace tipoff {
namespace {

/// Longer than any password or webhook URL.
constexpr std::size_t kMostBytes = 4096;

class File {
public:
    explicit File(const std::filesystem::path& path)
        : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    [[nodiscard]] int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

}  // namespace

Expected<Secret> read_secret_file(const std::filesystem::path& path) {
    const File file(path);
    if (file.descriptor() < 0) {
        const ErrorCode code = errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo;
        return fail(code,
                    fmt::format("{} cannot be read: {}", path.string(), std::strerror(errno)));
    }
    // Of the open file, so that what is checked is what is read.
    struct stat status{};
    if (::fstat(file.descriptor(), &status) != 0 || !S_ISREG(status.st_mode))
        return fail(ErrorCode::kRefused, fmt::format("{} is not a file", path.string()));
    const auto mode = status.st_mode & 07777U;
    if (mode != 0600U && mode != 0400U) {
        return fail(ErrorCode::kRefused,
                    fmt::format("{} holds a secret and has mode {:04o}: others may read it",
                                path.string(), mode),
                    fmt::format("chmod 600 {}", path.string()));
    }
    std::array<char, kMostBytes> bytes{};
    const auto size = ::read(file.descriptor(), bytes.data(), bytes.size());
    if (size < 0) {
        return fail(ErrorCode::kIo,
                    fmt::format("{} cannot be read: {}", path.string(), std::strerror(errno)));
    }
    const std::string_view text(bytes.data(), static_cast<std::size_t>(size));
    const std::string_view line = trimmed(text.substr(0, text.find_first_of("\r\n")));
    if (line.empty())
        return fail(ErrorCode::kInvalidInput, fmt::format("{} is empty", path.string()),
                    "write the secret into its first line");
    return Secret(std::string(line));
}

}  // namespace tipoff
