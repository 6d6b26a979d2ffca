#include "collect/import/read_all.h"

#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <numeric>
#include <thread>
#include <unordered_map>

#include "base/hash.h"
#include "collect/archive.h"
#include "collect/import/find_files.h"
#include "collect/import/kind.h"
#include "collect/import/read_file.h"
#include "collect/import/row_source.h"

namespace tipoff::collect {
namespace {

/// Calls `work` for 0 .. count-1 from several threads; each call touches only what is its own.
void in_parallel(std::size_t count, int threads, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next{0};
    const auto loop = [&] {
        for (std::size_t i = next++; i < count; i = next++)
            work(i);
    };
    std::vector<std::jthread> helpers;
    for (int i = 1; i < threads; ++i)
        helpers.emplace_back(loop);
    loop();
}

/// Large files first, so that no thread is left with one at the end.
std::vector<std::size_t> by_size(const std::vector<FoundFile>& files) {
    std::vector<std::size_t> order(files.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater{},
                             [&](std::size_t i) { return files[i].size_bytes; });
    return order;
}

Status archive(FoundFile& file, const std::filesystem::path& home) {
    const auto bytes = read_document(file.path);
    if (!bytes) {
        file.unreadable = bytes.error().message();
        return {};
    }
    file.content_hash = content_hash(std::as_bytes(std::span(*bytes)));
    file.size_bytes = static_cast<std::int64_t>(bytes->size());
    TIPOFF_CHECK(archive_document(home, file.content_hash, data_suffix(file.file_name), *bytes));
    return {};
}

/// Marks what need not be read: known content, and all but the first path of content that is there
/// twice.
void mark_already(std::vector<FoundFile>& files, const KnownDocuments& known) {
    std::unordered_map<std::string, std::string> first;
    for (FoundFile& file : files) {
        if (!file.unreadable.empty()) continue;
        const auto document = known.find(file.content_hash);
        if (document != known.end() && document->second.outcome == kKeptOutcome &&
            document->second.reader_version == kReaderVersion) {
            file.already = "its content has been imported";
            continue;
        }
        const auto [place, added] = first.try_emplace(file.content_hash, file.file_name);
        if (!added) file.already = fmt::format("the same content as {}", place->second);
    }
}

bool is_to_be_read(const FoundFile& file) {
    return file.already.empty() && file.unreadable.empty();
}

Expected<StagedFile> read_one(const FoundFile& found, const std::filesystem::path& home) {
    StagedFile file;
    file.file_name = found.file_name;
    if (!is_utf8(file.file_name)) file.file_name = "(a name that is not UTF-8)";
    file.content_hash = found.content_hash;
    file.size_bytes = found.size_bytes;
    const auto archived = archive_path(home, found.content_hash, data_suffix(found.file_name));
    TIPOFF_TRY(const std::vector<char> bytes, read_document(archived));
    if (!is_parquet(bytes)) {
        const auto rows = csv_rows(bytes);
        read_file(*rows, file);
        return file;
    }
    auto rows = parquet_rows(archived);
    if (rows) {
        read_file(**rows, file);
    } else {
        drop_file(file, rows.error().message());
    }
    return file;
}

}  // namespace

Expected<ReadFiles> read_all(const ImportOptions& options, const KnownDocuments& known) {
    ReadFiles files;
    for (const ArchivedFile& file : options.archived) {
        files.found.push_back(
            {.path = archive_path(options.home, file.content_hash, data_suffix(file.file_name)),
             .file_name = file.file_name});
    }
    if (options.archived.empty()) {
        TIPOFF_TRY(const auto paths, find_data_files(options.paths));
        for (const auto& path : paths)
            files.found.push_back({.path = path, .file_name = path.filename().string()});
    }
    std::mutex mutex;
    std::optional<Error> first_error;
    const auto note = [&](const Error& error) {
        const std::lock_guard lock(mutex);
        if (!first_error) first_error = error;
    };

    in_parallel(files.found.size(), options.threads, [&](std::size_t i) {
        if (auto done = archive(files.found[i], options.home); !done) note(done.error());
    });
    if (first_error) return std::unexpected(*first_error);
    mark_already(files.found, known);

    std::vector<StagedFile> read(files.found.size());
    const auto order = by_size(files.found);
    std::size_t done = 0;
    in_parallel(order.size(), options.threads, [&](std::size_t i) {
        const FoundFile& found = files.found[order[i]];
        if (is_to_be_read(found)) {
            auto staged = read_one(found, options.home);
            if (!staged) return note(staged.error());
            read[order[i]] = *std::move(staged);
        }
        const std::lock_guard lock(mutex);
        ++done;
        if (options.progress) {
            options.progress(
                {.files_done = done, .files = order.size(), .file_name = found.file_name});
        }
    });
    if (first_error) return std::unexpected(*first_error);

    for (std::size_t i = 0; i < read.size(); ++i) {
        if (is_to_be_read(files.found[i])) files.found_file.push_back(i);
    }
    // The order in which files are staged decides nothing but which of two equal statements is
    // named: by kind and content, not by name.
    std::ranges::sort(files.found_file, {}, [&](std::size_t i) {
        const auto kind = std::ranges::find(kinds(), read[i].kind);
        return std::pair(kind - kinds().begin(), std::string_view(read[i].content_hash));
    });
    for (const std::size_t i : files.found_file)
        files.staged.push_back(std::move(read[i]));
    return files;
}

}  // namespace tipoff::collect
