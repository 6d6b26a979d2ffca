#pragma once
/// A file that appears whole or not at all: written beside its place under another name, made
/// durable, then renamed.

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>

#include "base/error.h"

namespace tipoff::cli {

class PendingFile {
public:
    /// Nothing is touched yet. `kUsage` when `target` is a folder or lies in none.
    static Expected<PendingFile> beside(const std::filesystem::path& target);

    PendingFile(PendingFile&& other) noexcept;
    PendingFile& operator=(PendingFile&&) = delete;

    /// Removes what was written, unless it was put in place.
    ~PendingFile();

    /// Where somebody else may write the content instead of `write`; absolute.
    [[nodiscard]] const std::filesystem::path& temporary() const { return temporary_; }

    /// Appends. `kIo` when the disk refuses.
    Status write(std::string_view bytes);

    /// Makes the content durable and gives the file its name; an older file of that name is
    /// replaced.
    Status put_in_place();

private:
    explicit PendingFile(std::filesystem::path target);

    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };

    std::filesystem::path target_;
    std::filesystem::path temporary_;
    std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace tipoff::cli
