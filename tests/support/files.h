#pragma once
/// Files of a test: a folder of its own, and whole files written and read at once. A failure
/// throws, which ends the test.

#include <filesystem>
#include <string>
#include <string_view>

namespace tipoff::support {

/// A new empty folder, removed with all that is in it when the object goes.
class TempFolder {
public:
    TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    ~TempFolder();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path operator/(std::string_view name) const {
        return path_ / name;
    }

private:
    std::filesystem::path path_;
};

/// Replaces the file, bytes as given.
void write_file(const std::filesystem::path& path, std::string_view bytes);

[[nodiscard]] std::string read_file(const std::filesystem::path& path);

/// `text` as one gzip member, header without name and time: the same text gives the same bytes.
[[nodiscard]] std::string gzipped(std::string_view text);

/// Replaces the file by `text` compressed.
void write_gz(const std::filesystem::path& path, std::string_view text);

}  // namespace tipoff::support
