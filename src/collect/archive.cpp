#include "collect/archive.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

#include "base/crash_point.h"

namespace tipoff::collect {
namespace {

std::unexpected<Error> io_error(const std::filesystem::path& path) {
    return fail(ErrorCode::kIo,
                fmt::format("{} cannot be written: {}", path.string(), std::strerror(errno)),
                errno == ENOSPC ? "free some space" : "");
}

/// A file descriptor that closes itself.
class Descriptor {
public:
    Descriptor(const std::filesystem::path& path, int flags)
        : number_(::open(path.c_str(), flags, 0644)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] bool is_open() const { return number_ >= 0; }

private:
    int number_;
};

Status write_all(const std::filesystem::path& path, std::span<const char> bytes) {
    const Descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC);
    if (!file.is_open()) return io_error(path);
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.number(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return io_error(path);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    if (::fsync(file.number()) != 0) return io_error(path);
    return {};
}

Status sync_folder(const std::filesystem::path& folder) {
    const Descriptor descriptor(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (!descriptor.is_open() || ::fsync(descriptor.number()) != 0) return io_error(folder);
    return {};
}

Status make_folder(const std::filesystem::path& folder) {
    std::error_code error;
    if (std::filesystem::create_directories(folder, error))
        TIPOFF_CHECK(sync_folder(folder.parent_path()));
    if (error) {
        return fail(ErrorCode::kIo,
                    fmt::format("{} cannot be made: {}", folder.string(), error.message()));
    }
    return {};
}

std::filesystem::path unfinished_folder(const std::filesystem::path& home) {
    return home / "archive" / "unfinished";
}

/// How the unfinished files of this process begin.
std::string own_prefix() { return fmt::format("{}-", ::getpid()); }

}  // namespace

Status write_archive_file(const std::filesystem::path& home, const std::filesystem::path& path,
                          std::span<const char> bytes) {
    static std::atomic<std::uint64_t> files = 0;
    return write_file_whole(path, bytes,
                            unfinished_folder(home) / fmt::format("{}{}", own_prefix(), ++files));
}

Status remove_unfinished(const std::filesystem::path& home) {
    std::error_code error;
    if (!std::filesystem::exists(unfinished_folder(home), error)) return {};
    for (const auto& entry : std::filesystem::directory_iterator(unfinished_folder(home))) {
        if (entry.path().filename().string().starts_with(own_prefix())) continue;
        std::filesystem::remove(entry.path(), error);
        if (error) {
            return fail(ErrorCode::kIo, fmt::format("{} cannot be removed: {}",
                                                    entry.path().string(), error.message()));
        }
    }
    return {};
}

std::filesystem::path archive_path(const std::filesystem::path& home, std::string_view hash,
                                   std::string_view suffix) {
    return home / "archive" / hash.substr(0, 2) / (std::string(hash) + std::string(suffix));
}

Status write_file_whole(const std::filesystem::path& path, std::span<const char> bytes) {
    return write_file_whole(path, bytes, path.string() + ".unfinished");
}

Status write_file_whole(const std::filesystem::path& path, std::span<const char> bytes,
                        const std::filesystem::path& unfinished) {
    std::error_code error;
    const std::filesystem::path folder = path.parent_path();
    if (unfinished.parent_path() != folder) TIPOFF_CHECK(make_folder(unfinished.parent_path()));
    TIPOFF_CHECK(make_folder(folder));
    if (auto written = write_all(unfinished, bytes); !written) {
        std::filesystem::remove(unfinished, error);
        return written;
    }
    crash_point("archive.file_written");
    std::filesystem::rename(unfinished, path, error);
    if (error) return fail(ErrorCode::kIo, fmt::format("{}: {}", path.string(), error.message()));
    return sync_folder(folder);
}

Expected<std::filesystem::path> archive_document(const std::filesystem::path& home,
                                                 std::string_view hash, std::string_view suffix,
                                                 std::span<const char> bytes) {
    auto path = archive_path(home, hash, suffix);
    std::error_code error;
    if (std::filesystem::file_size(path, error) == bytes.size() && !error) return path;
    TIPOFF_CHECK(write_archive_file(home, path, bytes));
    return path;
}

Expected<std::vector<char>> read_document(const std::filesystem::path& file) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (error == std::errc::no_such_file_or_directory) {
        return fail(ErrorCode::kNotFound, fmt::format("{} does not exist", file.string()));
    }
    if (error) {
        return fail(ErrorCode::kIo, fmt::format("{}: {}", file.string(), error.message()));
    }
    if (size > kMaxDocumentBytes) {
        return fail(ErrorCode::kInvalidInput,
                    fmt::format("{} has {} MiB, the limit is {} MiB", file.string(), size >> 20,
                                kMaxDocumentBytes >> 20),
                    "compress it with gzip, or split it");
    }
    std::vector<char> bytes(size);
    std::ifstream stream(file, std::ios::binary);
    if (!stream.read(bytes.data(), static_cast<std::streamsize>(size))) {
        return fail(ErrorCode::kIo, fmt::format("{} cannot be read", file.string()));
    }
    return bytes;
}

}  // namespace tipoff::collect
