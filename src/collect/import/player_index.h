#pragma once
/// Who played for whom and when, by the box scores; names are looked up here.
///
/// A name is looked for among the players of a team's season: first as it is (folded), then without
/// suffixes on either side, when exactly one player fits. Only box scores with ids put players in.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "base/calendar.h"
#include "base/ids.h"
#include "collect/raw_tables.h"

namespace tipoff::collect {

/// A player's appearances for a team in a season under one spelling in one source.
struct Appearances {
    PlayerId player_id;
    TeamId team_id;
    Season season;
    std::string source;
    std::string player_name;
    GameDate first{};
    GameDate last{};
};

struct NameMatch {
    PlayerId player_id;
    TeamId team_id;          ///< among whose players the name was found
    std::string_view basis;  ///< "exact", "suffix", "alias", "surname" or "manual"
};

class PlayerIndex {
public:
    void add(const Appearances& appearances);

    /// A link made by hand; it goes before every other way.
    void add_manual(const PlayerAlias& alias);

    /// To be called once, after the last `add`.
    void finish();

    /// The player of one of `teams` in `season` who is so called. "A / B" are two names of one
    /// person; what stands in parentheses tells namesakes apart and is left out.
    [[nodiscard]] std::optional<NameMatch> find(std::string_view source, std::string_view name,
                                                std::span<const TeamId> teams, Season season) const;

    /// The one player of the whole league who was so called in this season, the one before or the
    /// one after.
    [[nodiscard]] std::optional<PlayerId> find_in_league(std::string_view name,
                                                         Season season) const;

    /// The one player of a team's season whose name ends so; for documents that write surnames
    /// alone. "surname" is the basis of such a match.
    [[nodiscard]] std::optional<PlayerId> find_by_surname(std::string_view surname, TeamId team,
                                                          Season season) const;

    [[nodiscard]] bool plays_for(PlayerId player, TeamId team, Season season) const;

    /// Every player, by id: the newest spelling of the best source, first and last appearance.
    [[nodiscard]] std::vector<Player> players() const;

private:
    struct Candidate {
        std::string folded;
        PlayerId player_id;
    };
    using TeamSeason = std::pair<TeamId, Season>;

    [[nodiscard]] std::optional<PlayerId> find_in_team(std::string_view folded, TeamSeason team,
                                                       bool without_suffixes) const;

    std::map<TeamSeason, std::vector<Candidate>> by_team_;
    std::map<std::string, std::map<PlayerId, std::vector<Season>>, std::less<>> by_name_;
    std::map<std::tuple<std::string, std::string, TeamId, Season>, PlayerId> manual_;
    std::map<PlayerId, std::vector<Appearances>> by_player_;
};

/// The names that a source's text gives a person: "A / B" is two, "(James) Mike Scott" and "Tony
/// Mitchell (LaShae)" are one.
[[nodiscard]] std::vector<std::string> folded_names(std::string_view text);

}  // namespace tipoff::collect
