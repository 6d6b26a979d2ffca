#include "collect/answer_archive.h"

#include <fmt/core.h>
#include <zstd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>

#include "base/crash_point.h"
#include "base/hash.h"
#include "collect/archive.h"

namespace tipoff::collect {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr std::string_view kSuffix = ".zst";
constexpr int kLevel = 9;  ///< the archive is written once and kept for years
constexpr int kRecordVersion = 1;

constexpr std::string_view kRecordSuffix = ".json";
constexpr std::string_view kNoRun = "0";

/// Characters of a hash that tell answers of one microsecond apart.
constexpr std::size_t kHashInName = 12;

std::string hash_of(std::string_view body) {
    return content_hash(std::as_bytes(std::span(body.data(), body.size())));
}

std::vector<char> packed(std::string_view body) {
    std::vector<char> bytes(ZSTD_compressBound(body.size()));
    const std::size_t size =
        ZSTD_compress(bytes.data(), bytes.size(), body.data(), body.size(), kLevel);
    require(ZSTD_isError(size) == 0, "zstd cannot pack what fits its bound");
    bytes.resize(size);
    return bytes;
}

Json json_of(const ArchivedAnswer& answer) {
    Json headers = Json::array();
    for (const HttpHeader& header : answer.headers)
        headers.push_back({header.name, header.value});
    Json ask = Json::object();
    if (answer.ask.date) ask["date"] = to_string(*answer.ask.date);
    if (answer.ask.season) ask["season"] = to_string(*answer.ask.season);
    if (answer.ask.team) ask["team"] = answer.ask.team->value;
    if (!answer.ask.source_game_id.empty()) ask["game"] = answer.ask.source_game_id;
    if (!answer.ask.market.empty()) ask["market"] = answer.ask.market;
    Json record{{"version", kRecordVersion},
                {"source", answer.source},
                {"url", answer.url},
                {"ask", std::move(ask)},
                {"status", answer.status},
                {"headers", std::move(headers)},
                {"asked_at", tipoff::to_string(answer.asked_at)},
                {"answered_at", tipoff::to_string(answer.answered_at)},
                {"content_hash", answer.content_hash},
                {"size_bytes", answer.size_bytes}};
    if (!answer.run_id.empty()) record["run_id"] = answer.run_id;
    return record;
}

Expected<Ask> ask_from(const Json& json) {
    Ask ask;
    if (json.contains("date")) {
        TIPOFF_TRY(ask.date, parse_date(json["date"].get<std::string>()));
    }
    if (json.contains("season")) {
        TIPOFF_TRY(ask.season, Season::parse(json["season"].get<std::string>()));
    }
    if (json.contains("team")) ask.team = TeamId{json["team"].get<std::int64_t>()};
    ask.source_game_id = json.value("game", "");
    ask.market = json.value("market", "");
    return ask;
}

Expected<ArchivedAnswer> answer_from(std::string_view text) {
    try {
        const Json json = Json::parse(text);
        if (json.at("version").get<int>() != kRecordVersion)
            return fail(ErrorCode::kRefused, "is of another version of the program");
        ArchivedAnswer answer;
        json.at("source").get_to(answer.source);
        json.at("url").get_to(answer.url);
        TIPOFF_TRY(answer.ask, ask_from(json.at("ask")));
        json.at("status").get_to(answer.status);
        for (const Json& header : json.at("headers")) {
            answer.headers.push_back({.name = header.at(0).get<std::string>(),
                                      .value = header.at(1).get<std::string>()});
        }
        TIPOFF_TRY(answer.asked_at, parse_instant(json.at("asked_at").get<std::string>()));
        TIPOFF_TRY(answer.answered_at, parse_instant(json.at("answered_at").get<std::string>()));
        json.at("content_hash").get_to(answer.content_hash);
        json.at("size_bytes").get_to(answer.size_bytes);
        answer.run_id = json.value("run_id", "");
        return answer;
    } catch (const Json::exception& problem) {
        return fail(ErrorCode::kCorrupt, problem.what());
    }
}

/// "20260120T143000Z", with a fraction of a second where it has one.
std::string time_in_name(Instant at) {
    std::string time = tipoff::to_string(at);
    std::erase_if(time, [](char c) { return c == ':' || c == '-'; });
    return time;
}

fs::path answers_folder(const fs::path& home) { return home / "archive" / "answers"; }

fs::path record_path(const fs::path& home, const ArchivedAnswer& answer) {
    std::string name = fmt::format("{}-{}_{}", time_in_name(answer.asked_at),
                                   answer.content_hash.substr(0, kHashInName),
                                   answer.run_id.empty() ? std::string(kNoRun) : answer.run_id);
    const bool is_file = answer.status == 0;  // that was imported
    if (!is_file && !answer.has_document()) name += fmt::format("_{}", answer.status);
    return answers_folder(home) / answer.source / to_string(eastern_date(answer.asked_at)) /
           (name + std::string(kRecordSuffix));
}

/// What a record's name says: TIME-HASH_RUN.json or TIME-HASH_RUN_STATUS.json; of before runs and
/// statuses were in it, TIME-HASH.json.
struct RecordName {
    explicit RecordName(std::string_view name) {
        if (!name.ends_with(kRecordSuffix)) return;
        name.remove_suffix(kRecordSuffix.size());
        const auto next = [&name](char end) {
            const std::string_view part = name.substr(0, name.find(end));
            name.remove_prefix(std::min(part.size() + 1, name.size()));
            return part;
        };
        time = next('-');
        hash = next('_');
        run = next('_');
        has_status = !name.empty();
    }

    std::string_view time;
    std::string_view hash;  ///< its beginning; empty for what is no record
    std::string_view run;
    bool has_status = false;  ///< there is no document
};

/// The records in a folder and below whose names are wanted, in the order in which they were asked
/// for.
template <class IsWanted>
Expected<std::vector<ArchivedAnswer>> answers_below(const fs::path& folder, IsWanted is_wanted) {
    std::vector<ArchivedAnswer> answers;
    std::error_code error;
    if (!fs::exists(folder, error)) return answers;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        const std::string file = entry.path().filename().string();
        const RecordName name(file);
        if (name.hash.empty() || !is_wanted(name)) continue;
        TIPOFF_TRY(const std::vector<char> text, read_document(entry.path()));
        auto answer = answer_from({text.data(), text.size()});
        if (!answer) return std::unexpected(answer.error().with_context(entry.path().string()));
        answers.push_back(*std::move(answer));
    }
    std::ranges::sort(answers, {}, [](const ArchivedAnswer& answer) {
        return std::tie(answer.asked_at, answer.content_hash);
    });
    return answers;
}

bool is_kept(const HttpHeader& header) { return !header.is_called("Set-Cookie"); }

}  // namespace

bool ArchivedAnswer::has_document() const {
    return status >= 200 && status < 300 && status != kNoContent;
}

Expected<ArchivedAnswer> archive_answer(const fs::path& home, std::string_view source,
                                        std::string_view url, const Ask& ask,
                                        const HttpAnswer& answer, std::string_view run_id) {
    ArchivedAnswer archived{.source = std::string(source),
                            .url = std::string(url),
                            .ask = ask,
                            .status = answer.status,
                            .headers = {},
                            .asked_at = answer.asked_at,
                            .answered_at = answer.answered_at,
                            .content_hash = hash_of(answer.body),
                            .size_bytes = static_cast<std::int64_t>(answer.body.size()),
                            .run_id = std::string(run_id)};
    std::ranges::copy_if(answer.headers, std::back_inserter(archived.headers), is_kept);
    TIPOFF_CHECK(archive_document(home, archived.content_hash, kSuffix, packed(answer.body)));
    crash_point("archive.body_kept");
    TIPOFF_CHECK(archive_record(home, archived));
    crash_point("archive.record_kept");
    return archived;
}

Status archive_record(const fs::path& home, const ArchivedAnswer& answer) {
    return write_archive_file(home, record_path(home, answer), json_of(answer).dump(1) + "\n");
}

Expected<std::vector<ArchivedAnswer>> archived_answers(const fs::path& home,
                                                       std::string_view source) {
    return answers_below(answers_folder(home) / source, [](const RecordName&) { return true; });
}

Expected<std::vector<ArchivedAnswer>> archived_answers(const fs::path& home,
                                                       std::string_view source, GameDate asked_on) {
    return answers_below(answers_folder(home) / source / to_string(asked_on),
                         [](const RecordName&) { return true; });
}

Expected<std::vector<ArchivedAnswer>> unread_answers(const fs::path& home, std::string_view source,
                                                     const Names& known, const Names& lost_runs) {
    const auto is_unread = [&](const RecordName& name) {
        if (name.has_status) return false;
        const auto same = known.lower_bound(name.hash);
        const bool is_known = same != known.end() && same->starts_with(name.hash);
        return !is_known || lost_runs.contains(name.run);
    };
    TIPOFF_TRY(auto answers, answers_below(answers_folder(home) / source, is_unread));
    // A record of before they had a status in their names.
    std::erase_if(answers, [](const ArchivedAnswer& answer) { return !answer.has_document(); });
    return answers;
}

Expected<std::vector<ArchivedAnswer>> answers_since(const fs::path& home, Instant since,
                                                    Instant now) {
    std::vector<ArchivedAnswer> answers;
    std::error_code error;
    if (!fs::exists(answers_folder(home), error)) return answers;
    // Whole seconds: a name with a fraction sorts behind them.
    std::string from = time_in_name(std::chrono::floor<std::chrono::seconds>(since));
    from.pop_back();
    for (const fs::directory_entry& source : fs::directory_iterator(answers_folder(home))) {
        for (GameDate day = eastern_date(since); day <= eastern_date(now); day = day.plus_days(1)) {
            TIPOFF_TRY(auto some, answers_below(source.path() / to_string(day),
                                                [&from](const RecordName& name) {
                                                    return name.time >= from;
                                                }));
            std::ranges::move(some, std::back_inserter(answers));
        }
    }
    return answers;
}

Expected<std::string> archived_body(const fs::path& home, std::string_view hash) {
    const fs::path path = archive_path(home, hash, kSuffix);
    TIPOFF_TRY(const std::vector<char> bytes, read_document(path));
    const auto size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
    const auto damaged = [&] {
        return fail(ErrorCode::kCorrupt,
                    fmt::format("{} does not hold the bytes of its name", path.string()),
                    "take it from a copy of the archive, or collect the document again");
    };
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN ||
        size > kMaxDocumentBytes)
        return damaged();
    std::string body(size, '\0');
    const std::size_t unpacked =
        ZSTD_decompress(body.data(), body.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(unpacked) != 0 || unpacked != size || hash_of(body) != hash) return damaged();
    return body;
}

Expected<Reading> read_archived(const fs::path& home, const Source& source,
                                const ArchivedAnswer& answer) {
    TIPOFF_TRY(const std::string body, archived_body(home, answer.content_hash));
    return source.read(body, answer.ask);
}

}  // namespace tipoff::collect
