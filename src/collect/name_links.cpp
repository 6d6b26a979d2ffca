#include "collect/name_links.h"

#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "collect/answer_archive.h"

namespace tipoff::collect {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kManual = "manual";
constexpr std::string_view kLinks = "names/link";

Expected<PlayerAlias> link_from(const std::string& text) {
    try {
        const Json json = Json::parse(text);
        PlayerAlias alias;
        json.at("source").get_to(alias.source);
        json.at("folded_name").get_to(alias.folded_name);
        alias.team_id = TeamId{json.at("team_id").get<std::int64_t>()};
        TIPOFF_TRY(alias.season, Season::parse(json.at("season").get<std::string>()));
        alias.player_id = PlayerId{json.at("player_id").get<std::int64_t>()};
        alias.basis = kManual;
        return alias;
    } catch (const Json::exception& problem) {
        return fail(ErrorCode::kCorrupt, problem.what());
    }
}

}  // namespace

Status archive_link(const std::filesystem::path& home, const PlayerAlias& alias, Instant at) {
    const Json json{{"source", alias.source},
                    {"folded_name", alias.folded_name},
                    {"team_id", alias.team_id.value},
                    {"season", to_string(alias.season)},
                    {"player_id", alias.player_id.value}};
    HttpAnswer document;
    document.body = json.dump();
    document.asked_at = at;
    document.answered_at = at;
    TIPOFF_CHECK(archive_answer(home, kManual, kLinks, {}, document));
    return {};
}

Expected<std::vector<PlayerAlias>> archived_links(const std::filesystem::path& home) {
    TIPOFF_TRY(const auto documents, archived_answers(home, kManual));
    std::map<std::tuple<std::string, std::string, TeamId, Season>, PlayerAlias> links;
    for (const ArchivedAnswer& document : documents) {
        if (document.url != kLinks) continue;
        TIPOFF_TRY(const std::string body, archived_body(home, document.content_hash));
        auto link = link_from(body);
        if (!link) return std::unexpected(link.error().with_context(document.content_hash));
        links.insert_or_assign(
            std::tuple(link->source, link->folded_name, link->team_id, link->season), *link);
    }
    std::vector<PlayerAlias> aliases;
    for (auto& [key, alias] : links)
        aliases.push_back(std::move(alias));
    return aliases;
}

}  // namespace tipoff::collect
