#include "parsing.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "collect/archive.h"
#include "collect/byte_stream.h"
#include "collect/source.h"

namespace tipoff::bench {
namespace {

namespace files = std::filesystem;

/// Each measurement reads for so long at least, so that the clock's grain and the first reading's
/// cold memory do not count.
constexpr double kLeastSeconds = 0.02;
constexpr std::size_t kMeasurements = 15;

struct Recording {
    const collect::Source* source = nullptr;
    files::path file;
    std::vector<char> document;
};

/// The largest document in the folders of a source; no document where there is none.
Expected<Recording> largest_of(const collect::Source& source, const files::path& recordings) {
    Recording largest{.source = &source, .file = {}, .document = {}};
    for (const auto& folder : files::directory_iterator(recordings)) {
        if (collect::find_source(folder.path().filename().string()) != &source) continue;
        for (const auto& entry : files::directory_iterator(folder)) {
            TIPOFF_TRY(const auto bytes, collect::read_document(entry.path()));
            TIPOFF_TRY(auto document, collect::unpacked(bytes, collect::kMaxDocumentBytes));
            if (document.size() <= largest.document.size()) continue;
            largest.file = folder.path().filename() / entry.path().filename();
            largest.document = std::move(document);
        }
    }
    return largest;
}

std::string_view format_of(std::span<const char> document) {
    const std::string_view text(document.data(), document.size());
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return "empty";
    return text.starts_with("%PDF-") ? "pdf" : text[first] == '<' ? "html" : "json";
}

/// Seconds of one reading, by so many readings as the least time takes.
double seconds_of_reading(const Recording& recording, Lap& lap) {
    std::size_t readings = 0;
    double seconds = 0;
    lap.seconds();
    while (seconds < kLeastSeconds) {
        const collect::Reading reading = recording.source->read(recording.document, {});
        require(collect::records_in(reading.records) > 0, "a recording without records");
        ++readings;
        seconds += lap.seconds();
    }
    return seconds / static_cast<double>(readings);
}

Json measured(const Recording& recording, Lap& lap) {
    const collect::Reading reading = recording.source->read(recording.document, {});
    Json line{{"source", recording.source->name},
              {"recording", recording.file.string()},
              {"format", format_of(recording.document)},
              {"bytes", recording.document.size()},
              {"outcome", to_string(reading.outcome.kind)},
              {"records", collect::records_in(reading.records)}};
    std::vector<double> seconds;
    for (std::size_t i = 0; i < kMeasurements; ++i)
        seconds.push_back(seconds_of_reading(recording, lap));
    std::ranges::sort(seconds);
    line["seconds"] = {{"median", seconds[kMeasurements / 2]},
                       {"least", seconds.front()},
                       {"greatest", seconds.back()}};
    return line;
}

}  // namespace

Expected<Json> measure_parsing(const files::path& recordings) {
    const SystemClock clock;
    Lap lap(clock);
    Json lines = Json::array();
    for (const collect::Source& source : collect::sources()) {
        TIPOFF_TRY(const Recording recording, largest_of(source, recordings));
        const auto reading = source.read(recording.document, {});
        if (collect::records_in(reading.records) > 0) lines.push_back(measured(recording, lap));
    }
    if (lines.empty())
        return fail(ErrorCode::kNotFound,
                    "no recorded document of any source in " + recordings.string());
    return Json{{"sources", lines}};
}

}  // namespace tipoff::bench
