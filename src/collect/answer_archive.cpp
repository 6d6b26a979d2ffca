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

fs::path record_path(const fs::path& home, const ArchivedAnswer& answer) {
    std::string time = tipoff::to_string(answer.asked_at);
    std::erase_if(time, [](char c) { return c == ':' || c == '-'; });
    return home / "archive" / "answers" / answer.source / to_string(eastern_date(answer.asked_at)) /
           fmt::format("{}-{}.json", time, answer.content_hash.substr(0, kHashInName));
}

Expected<std::vector<ArchivedAnswer>> answers_below(const fs::path& folder) {
    std::vector<ArchivedAnswer> answers;
    std::error_code error;
    if (!fs::exists(folder, error)) return answers;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".json") continue;  // an unfinished one is none
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
    return write_file_whole(record_path(home, answer), json_of(answer).dump(1) + "\n");
}

Expected<std::vector<ArchivedAnswer>> archived_answers(const fs::path& home,
                                                       std::string_view source) {
    return answers_below(home / "archive" / "answers" / source);
}

Expected<std::vector<ArchivedAnswer>> archived_answers(const fs::path& home,
                                                       std::string_view source, GameDate asked_on) {
    return answers_below(home / "archive" / "answers" / source / to_string(asked_on));
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
