#include "cli/pending_file.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace tipoff::cli {
namespace {

Error io_error(const std::filesystem::path& path) {
    return {ErrorCode::kIo,
            fmt::format("{} cannot be written: {}", path.string(), std::strerror(errno)),
            errno == ENOSPC ? "free some space" : ""};
}

/// Durable before the rename, or a crash could leave an empty file under the right name.
Status sync(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return std::unexpected(io_error(path));
    const bool is_durable = ::fsync(descriptor) == 0;
    const Error error = io_error(path);
    ::close(descriptor);
    if (!is_durable) return std::unexpected(error);
    return {};
}

}  // namespace

Expected<PendingFile> PendingFile::beside(const std::filesystem::path& target) {
    std::error_code error;
    const auto absolute = std::filesystem::absolute(target, error);
    if (error || target.empty())
        return fail(ErrorCode::kUsage, fmt::format("'{}' is not a path", target.string()));
    if (std::filesystem::is_directory(absolute, error)) {
        return fail(ErrorCode::kUsage, fmt::format("{} is a folder", target.string()),
                    "name a file in it");
    }
    if (!std::filesystem::is_directory(absolute.parent_path(), error)) {
        return fail(ErrorCode::kUsage,
                    fmt::format("there is no folder {}", absolute.parent_path().string()),
                    "make it first");
    }
    return PendingFile(absolute);
}

PendingFile::PendingFile(std::filesystem::path target) : target_(std::move(target)) {
    temporary_ = target_;
    // One process may write the same file for two callers.
    static std::atomic<int> last{0};
    temporary_ += fmt::format(".{}-{}.tmp", ::getpid(), ++last);
}

PendingFile::PendingFile(PendingFile&& other) noexcept
    : target_(std::move(other.target_)),
      temporary_(std::move(other.temporary_)),
      file_(std::move(other.file_)) {
    other.temporary_.clear();
}

PendingFile::~PendingFile() {
    file_.reset();
    std::error_code ignored;
    if (!temporary_.empty()) std::filesystem::remove(temporary_, ignored);
}

Status PendingFile::write(std::string_view bytes) {
    if (!file_) file_.reset(std::fopen(temporary_.c_str(), "wbe"));
    if (!file_ || std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size()) {
        return std::unexpected(io_error(target_));
    }
    return {};
}

Status PendingFile::put_in_place() {
    if (file_ && std::fflush(file_.get()) != 0) return std::unexpected(io_error(target_));
    TIPOFF_CHECK(sync(temporary_));
    if (::rename(temporary_.c_str(), target_.c_str()) != 0)
        return std::unexpected(io_error(target_));
    temporary_.clear();
    return sync(target_.parent_path());
}

}  // namespace tipoff::cli
