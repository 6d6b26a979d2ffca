#include "collect/import/find_files.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string>

namespace tipoff::collect {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> kSuffixes{".csv.gz", ".csv", ".parquet"};

Status walk(const fs::path& folder, std::vector<fs::path>& files) {
    std::error_code error;
    for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        if (entry->is_regular_file(error) && !data_suffix(entry->path()).empty()) {
            files.push_back(entry->path());
        }
    }
    if (error) {
        return fail(ErrorCode::kIo,
                    fmt::format("{} cannot be walked: {}", folder.string(), error.message()));
    }
    return {};
}

}  // namespace

std::string_view data_suffix(const fs::path& file) {
    const std::string name = file.filename().string();
    for (const std::string_view suffix : kSuffixes) {
        if (name.size() > suffix.size() && name.ends_with(suffix)) return suffix;
    }
    return {};
}

Expected<std::vector<fs::path>> find_data_files(std::span<const fs::path> paths) {
    std::vector<fs::path> files;
    for (const fs::path& path : paths) {
        std::error_code error;
        const fs::file_status status = fs::status(path, error);
        if (!fs::exists(status)) {
            return fail(ErrorCode::kNotFound, fmt::format("{} does not exist", path.string()));
        }
        if (fs::is_directory(status)) {
            TIPOFF_CHECK(walk(path, files));
        } else {
            files.push_back(path);
        }
    }
    if (files.empty()) {
        return fail(ErrorCode::kNotFound, "no data files there",
                    "a folder is searched for .csv, .csv.gz and .parquet");
    }
    std::ranges::sort(files);
    files.erase(std::ranges::unique(files).begin(), files.end());
    return files;
}

}  // namespace tipoff::collect
