#include "collect/import/player_index.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/names.h"

namespace tipoff::collect {
namespace {

/// Sources in the order in which their spelling of a name is preferred.
int rank_of(std::string_view source) {
    if (source == "player_box" || source.starts_with("nbac_")) return 0;
    if (source == "player_box_playoffs") return 1;
    return source == "player_box_playoffs_compact" ? 2 : 3;
}

/// Players whom the league's box scores know by another name than other sources do, folded.
struct OtherName {
    std::string_view other;
    std::string_view league;
};
constexpr std::array kOtherNames{
    OtherName{"enes kanter", "enes freedom"},
    OtherName{"ishmail wainright", "ish wainright"},
    OtherName{"jeenathan williams", "nate williams"},
    OtherName{"marcos louzada silva", "didi louzada"},
    OtherName{"nicolas claxton", "nic claxton"},
};

std::string without_parentheses(std::string_view text) {
    std::string kept;
    int depth = 0;
    for (const char c : text) {
        if (c == '(') ++depth;
        if (depth == 0) kept.push_back(c);
        if (c == ')' && depth > 0) --depth;
    }
    return kept;
}

/// What the text itself calls the person, then what the league calls him.
std::vector<std::string> names_to_try(std::string_view text) {
    std::vector<std::string> names = folded_names(text);
    for (const auto& [other, league] : kOtherNames) {
        if (std::ranges::find(names, other) != names.end()) names.emplace_back(league);
    }
    return names;
}

Season season_after(Season season, int years) {
    return Season::starting_in(season.start_year() + years);
}

}  // namespace

std::vector<std::string> folded_names(std::string_view text) {
    constexpr std::string_view kSeparator = " / ";
    std::vector<std::string> names;
    while (true) {
        const std::size_t at = text.find(kSeparator);
        std::string folded = fold_name(without_parentheses(text.substr(0, at)));
        if (!folded.empty() && std::ranges::find(names, folded) == names.end()) {
            names.push_back(std::move(folded));
        }
        if (at == std::string_view::npos) return names;
        text.remove_prefix(at + kSeparator.size());
    }
}

void PlayerIndex::add(const Appearances& appearances) {
    by_player_[appearances.player_id].push_back(appearances);
}

void PlayerIndex::add_manual(const PlayerAlias& alias) {
    manual_[{alias.source, alias.folded_name, alias.team_id, alias.season}] = alias.player_id;
}

void PlayerIndex::finish() {
    for (const auto& [player, all] : by_player_) {
        std::map<std::string, std::string> folded;  // a few spellings, many teams and seasons
        for (const Appearances& one : all) {
            auto [name, added] = folded.try_emplace(one.player_name);
            if (added) name->second = fold_name(one.player_name);
            auto& candidates = by_team_[{one.team_id, one.season}];
            const bool known = std::ranges::any_of(candidates, [&](const Candidate& candidate) {
                return candidate.player_id == player && candidate.folded == name->second;
            });
            if (!known) candidates.push_back({name->second, player});
            by_name_[name->second][player].push_back(one.season);
        }
    }
}

std::optional<PlayerId> PlayerIndex::find_in_team(std::string_view folded, TeamSeason team,
                                                  bool without_suffixes) const {
    const auto found = by_team_.find(team);
    if (found == by_team_.end()) return std::nullopt;
    std::set<PlayerId> fitting;
    for (const Candidate& candidate : found->second) {
        const bool fits = without_suffixes
                              ? without_suffix(candidate.folded) == without_suffix(folded)
                              : candidate.folded == folded;
        if (fits) fitting.insert(candidate.player_id);
    }
    return fitting.size() == 1 ? std::optional(*fitting.begin()) : std::nullopt;
}

std::optional<NameMatch> PlayerIndex::find(std::string_view source, std::string_view name,
                                           std::span<const TeamId> teams, Season season) const {
    const auto names = names_to_try(name);
    for (const TeamId team : teams) {
        for (const auto& folded : names) {
            const auto manual = manual_.find({std::string(source), folded, team, season});
            if (manual != manual_.end()) return NameMatch{manual->second, team, "manual"};
        }
    }
    for (const bool without_suffixes : {false, true}) {
        std::optional<NameMatch> match;
        for (const TeamId team : teams) {
            for (std::size_t i = 0; i < names.size(); ++i) {
                const auto player = find_in_team(names[i], {team, season}, without_suffixes);
                if (!player) continue;
                if (match && match->player_id != *player) return std::nullopt;
                const std::string_view basis = i > 0              ? "alias"
                                               : without_suffixes ? "suffix"
                                                                  : "exact";
                if (!match) match = NameMatch{*player, team, basis};
            }
        }
        if (match) return match;
    }
    return std::nullopt;
}

std::optional<PlayerId> PlayerIndex::find_in_league(std::string_view name, Season season) const {
    std::set<PlayerId> fitting;
    for (const auto& folded : names_to_try(name)) {
        const auto found = by_name_.find(folded);
        if (found == by_name_.end()) continue;
        for (const auto& [player, seasons] : found->second) {
            const bool near = std::ranges::any_of(seasons, [&](Season played) {
                return season_after(season, -1) <= played && played <= season_after(season, 1);
            });
            if (near) fitting.insert(player);
        }
    }
    return fitting.size() == 1 ? std::optional(*fitting.begin()) : std::nullopt;
}

std::optional<PlayerId> PlayerIndex::find_by_surname(std::string_view surname, TeamId team,
                                                     Season season) const {
    const auto found = by_team_.find({team, season});
    if (found == by_team_.end()) return std::nullopt;
    const std::string folded = fold_name(surname);
    std::set<PlayerId> fitting;
    for (const bool without_suffixes : {false, true}) {
        const std::string end =
            " " + (without_suffixes ? std::string(without_suffix(folded)) : folded);
        for (const Candidate& candidate : found->second) {
            const std::string_view name = without_suffixes ? without_suffix(candidate.folded)
                                                           : std::string_view(candidate.folded);
            if (name.ends_with(end)) fitting.insert(candidate.player_id);
        }
        if (!fitting.empty()) break;
    }
    return fitting.size() == 1 ? std::optional(*fitting.begin()) : std::nullopt;
}

bool PlayerIndex::plays_for(PlayerId player, TeamId team, Season season) const {
    const auto found = by_team_.find({team, season});
    return found != by_team_.end() &&
           std::ranges::find(found->second, player, &Candidate::player_id) != found->second.end();
}

std::vector<Player> PlayerIndex::players() const {
    std::vector<Player> players;
    for (const auto& [id, all] : by_player_) {
        const auto best =
            std::ranges::min_element(all, [](const Appearances& a, const Appearances& b) {
                return std::tuple(rank_of(a.source), b.last, a.player_name) <
                       std::tuple(rank_of(b.source), a.last, b.player_name);
            });
        Player& player = players.emplace_back();
        player.player_id = id;
        player.player_name = best->player_name;
        player.folded_name = fold_name(best->player_name);
        player.first_seen = std::ranges::min(all, {}, &Appearances::first).first;
        player.last_seen = std::ranges::max(all, {}, &Appearances::last).last;
    }
    return players;
}

}  // namespace tipoff::collect
