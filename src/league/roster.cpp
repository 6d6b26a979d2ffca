#include "league/roster.h"

#include <algorithm>
#include <cstddef>

#include "base/error.h"
#include "league/portable_math.h"
#include "league/schedule.h"

namespace tipoff::league {
namespace {

constexpr std::size_t kContracts = 15;  ///< full contracts a team
constexpr std::size_t kTwoWay = 3;      ///< two-way contracts a team
constexpr std::size_t kFreeAgents = 45;
constexpr std::size_t kRosterSize = kContracts + kTwoWay;
constexpr int kDraftedEachSummer = 2;  ///< a team
constexpr int kOldest = 39;

/// How far whole rosters differ, in standard deviations of players.
constexpr double kTeamQualitySpread = 0.30;
constexpr double kTwoWayQuality = -1.15;
constexpr double kFreeAgentQuality = -1.25;
constexpr double kRookieQuality = -1.35;

Position position_of_slot(std::size_t slot, Random& random) {
    if (slot < kContracts) return static_cast<Position>(slot % kPositions);
    return static_cast<Position>(random.below(static_cast<int>(kPositions)));
}

/// Grows the league; names stay unique for ever.
class Builder {
public:
    Builder(Season season, std::uint64_t seed) : seed_(seed) {
        found_league();
        for (int year = kFirstLeagueYear; year < season.start_year(); ++year) {
            play_through(Season::starting_in(year));
            summer(year);
        }
    }

    Rosters take() { return std::move(rosters_); }

private:
    PlayerIndex add_player(Position position, int age, double quality) {
        const auto index = static_cast<PlayerIndex>(rosters_.players.size());
        Random skills(seed_, Stream::kPlayer, index);
        Random name(seed_, Stream::kName, index);
        Player player = make_player(position, age, quality, skills);
        player.player_id = kFirstSimulatedPlayer + index;
        player.name = names_.next(name);
        rosters_.players.push_back(std::move(player));
        return index;
    }

    void found_league() {
        Random random(seed_, Stream::kDraft);
        for (std::size_t team = 0; team < kTeams; ++team) {
            const double level = random.normal(0.0, kTeamQualitySpread);
            for (std::size_t slot = 0; slot < kRosterSize; ++slot) {
                const bool two_way = slot >= kContracts;
                const int age = two_way ? random.between(21, 25) : random.between(20, 34);
                const double quality = two_way ? random.normal(kTwoWayQuality, 0.35)
                                               : random.normal(level + 0.12, 1.0);
                const Position position = position_of_slot(slot, random);
                rosters_.teams[team].push_back(add_player(position, age, quality));
            }
        }
        fill_free_agents(random);
        for (std::size_t team = 0; team < kTeams; ++team)
            set_style(team, kFirstLeagueYear);
    }

    void fill_free_agents(Random& random) {
        auto& pool = rosters_.teams[kNoTeam];
        while (pool.size() < kFreeAgents) {
            const auto position = static_cast<Position>(random.below(static_cast<int>(kPositions)));
            const int age = random.between(22, 30);
            pool.push_back(add_player(position, age, random.normal(kFreeAgentQuality, 0.35)));
        }
    }

    /// Coaches and systems change slowly: a third of each style is new every year.
    void set_style(std::size_t team, int year) {
        Random random(seed_, Stream::kTeam, team, static_cast<std::uint64_t>(year));
        const bool founding = year == kFirstLeagueYear;
        const auto renew = [&](double& value, double mean, double sd) {
            const double fresh = random.normal(mean, sd);
            // Weights whose squares add up to 1 keep the spread between teams the same over the
            // years.
            value = founding ? fresh : mean + 0.8 * (value - mean) + 0.6 * (fresh - mean);
        };
        TeamStyle& style = rosters_.styles[team];
        renew(style.possession_length, 1.0, 0.018);
        renew(style.coaching, 0.0, 3.2);
        renew(style.rotation_length, 0.0, 2.5);
        constexpr std::array<double, kChosenZones> kDefenceSpread{.018, .015, .008,
                                                                  .008, .008, .006};
        constexpr std::array<double, kChosenZones> kAllowedSpread{.085, .11, .085, .12, .12, .05};
        for (std::size_t zone = 0; zone < kChosenZones; ++zone) {
            renew(style.zone_defence[zone], 0.0, kDefenceSpread[zone]);
            if (founding) style.zone_allowed[zone] = 1.0;
            renew(style.zone_allowed[zone], 1.0, kAllowedSpread[zone]);
        }
    }

    /// A season's moves stay made.
    void play_through(Season season) {
        for (const RosterMove& move : plan_moves(rosters_, season, seed_))
            rosters_.apply(move);
    }

    void summer(int year) {
        Random random(seed_, Stream::kOffseason, static_cast<std::uint64_t>(year));
        for (const auto& team : rosters_.teams) {
            for (const PlayerIndex index : team)
                grow_older(rosters_.players[index], random);
        }
        for (std::size_t team = 0; team < kTeams; ++team) {
            release(team);
            draft(team, random);
        }
        for (std::size_t team = 0; team < kTeams; ++team)
            sign_free_agents(team);
        retire_free_agents();
        fill_free_agents(random);
        for (std::size_t team = 0; team < kTeams; ++team)
            set_style(team, year + 1);
    }

    [[nodiscard]] double quality(PlayerIndex index) const {
        return rosters_.players[index].quality;
    }

    [[nodiscard]] bool is_better(PlayerIndex a, PlayerIndex b) const {
        return quality(a) != quality(b) ? quality(a) > quality(b) : a < b;
    }

    /// The oldest leave the game; of the others the least good leave the team.
    void release(std::size_t team) {
        auto& roster = rosters_.teams[team];
        std::erase_if(roster, [&](PlayerIndex p) { return rosters_.players[p].age >= kOldest; });
        std::ranges::sort(roster, [&](PlayerIndex a, PlayerIndex b) { return is_better(a, b); });
        constexpr std::size_t kKept = 14;
        while (roster.size() > kKept) {
            rosters_.teams[kNoTeam].push_back(roster.back());
            roster.pop_back();
        }
    }

    /// Two rookies, the first of the better round; weaker teams choose earlier and get more on
    /// average.
    void draft(std::size_t team, Random& random) {
        double level = 0.0;
        for (const PlayerIndex index : rosters_.teams[team])
            level += quality(index);
        level /= static_cast<double>(rosters_.teams[team].size());
        for (int round = 0; round < kDraftedEachSummer; ++round) {
            const double mean = kRookieQuality + (round == 0 ? 0.55 : -0.1) - 0.25 * level;
            const Position position = scarcest_position(team);
            const int age = random.between(19, 22);
            rosters_.teams[team].push_back(add_player(position, age, random.normal(mean, 1.30)));
        }
    }

    [[nodiscard]] Position scarcest_position(std::size_t team) const {
        std::array<int, kPositions> count{};
        for (const PlayerIndex index : rosters_.teams[team]) {
            ++count[static_cast<std::size_t>(rosters_.players[index].position)];
        }
        return static_cast<Position>(std::ranges::min_element(count) - count.begin());
    }

    /// The best free agent of the position that the team has least of, until the roster is full.
    void sign_free_agents(std::size_t team) {
        auto& pool = rosters_.teams[kNoTeam];
        while (rosters_.teams[team].size() < kRosterSize) {
            const Position wanted = scarcest_position(team);
            const auto better = [&](PlayerIndex a, PlayerIndex b) {
                const bool fits_a = rosters_.players[a].position == wanted;
                const bool fits_b = rosters_.players[b].position == wanted;
                return fits_a != fits_b ? fits_a : is_better(a, b);
            };
            require(!pool.empty(), "there are always free agents");
            const auto best = std::ranges::min_element(pool, better);
            rosters_.teams[team].push_back(*best);
            pool.erase(best);
        }
    }

    void retire_free_agents() {
        auto& pool = rosters_.teams[kNoTeam];
        std::erase_if(pool, [&](PlayerIndex p) { return rosters_.players[p].age > 31; });
        std::ranges::sort(pool, [&](PlayerIndex a, PlayerIndex b) { return is_better(a, b); });
        if (pool.size() > kFreeAgents / 2) pool.resize(kFreeAgents / 2);
    }

    std::uint64_t seed_;
    NameGenerator names_;
    Rosters rosters_;
};

/// Plans on a copy, so that a later move knows of the earlier ones.
class MovePlanner {
public:
    MovePlanner(Rosters rosters, Season season, std::uint64_t seed)
        : rosters_(std::move(rosters)),
          days_(season_days(season)),
          random_(seed, Stream::kTrade, static_cast<std::uint64_t>(season.start_year())) {}

    std::vector<RosterMove> plan() {
        std::vector<Event> events;
        add_trades(events);
        add_call_ups(events);
        std::ranges::stable_sort(events, {}, &Event::date);
        for (const Event& event : events) {
            if (event.is_trade) {
                trade(event.date);
            } else {
                call_up(event.date);
            }
        }
        return std::move(moves_);
    }

private:
    struct Event {
        GameDate date;
        bool is_trade = false;
    };

    void add_trades(std::vector<Event>& events) {
        constexpr int kEarlyTrades = 5;
        constexpr int kDeadlineTrades = 17;
        const GameDate deadline = days_.trade_deadline;
        for (int i = 0; i < kEarlyTrades; ++i) {
            events.push_back({deadline.plus_days(-random_.between(8, 55)), true});
        }
        for (int i = 0; i < kDeadlineTrades; ++i) {
            events.push_back({deadline.plus_days(1 - random_.between(0, 7)), true});
        }
    }

    void add_call_ups(std::vector<Event>& events) {
        constexpr int kCallUps = 38;
        for (int i = 0; i < kCallUps; ++i) {
            events.push_back({days_.opening_night.plus_days(random_.between(30, 165)), false});
        }
    }

    /// Two teams swap one or two players for as many of the same position group and about the same
    /// quality. Stars are traded seldom.
    void trade(GameDate date) {
        const auto team = static_cast<std::size_t>(random_.below(static_cast<int>(kTeams)));
        const auto other =
            (team + 1 + static_cast<std::size_t>(random_.below(static_cast<int>(kTeams) - 1))) %
            kTeams;
        const int pieces = random_.chance(0.45) ? 2 : 1;
        for (int piece = 0; piece < pieces; ++piece)
            swap_a_pair(date, team, other);
    }

    void swap_a_pair(GameDate date, std::size_t team, std::size_t other) {
        struct Pair {
            PlayerIndex ours;
            PlayerIndex theirs;
        };
        std::vector<Pair> pairs;
        std::vector<double> weights;
        for (const PlayerIndex a : rosters_.teams[team]) {
            for (const PlayerIndex b : rosters_.teams[other]) {
                if (has_moved(a) || has_moved(b)) continue;
                const Player& ours = rosters_.players[a];
                const Player& theirs = rosters_.players[b];
                if (group_of(ours.position) != group_of(theirs.position)) continue;
                const double gap = ours.quality - theirs.quality;
                const double star = std::max({0.0, ours.quality - 1.0, theirs.quality - 1.0});
                pairs.push_back({a, b});
                weights.push_back(portable_exp(-2.0 * gap * gap - 2.5 * star));
            }
        }
        if (pairs.empty()) return;
        const Pair chosen = pairs[random_.pick(weights)];
        move({date, chosen.ours, team, other});
        move({date, chosen.theirs, other, team});
    }

    /// A free agent comes for the least good player of a team.
    void call_up(GameDate date) {
        const auto team = static_cast<std::size_t>(random_.below(static_cast<int>(kTeams)));
        auto& roster = rosters_.teams[team];
        const auto worst = std::ranges::min_element(
            roster, {}, [&](PlayerIndex p) { return std::pair(rosters_.players[p].quality, p); });
        auto& pool = rosters_.teams[kNoTeam];
        const PlayerIndex incoming =
            pool[static_cast<std::size_t>(random_.below(static_cast<int>(pool.size())))];
        if (has_moved(*worst) || has_moved(incoming)) return;
        move({date, *worst, team, kNoTeam});
        move({date, incoming, kNoTeam, team});
    }

    /// Nobody moves twice a season.
    [[nodiscard]] bool has_moved(PlayerIndex player) const {
        return std::ranges::any_of(moves_, [&](const RosterMove& m) { return m.player == player; });
    }

    void move(const RosterMove& move) {
        rosters_.apply(move);
        moves_.push_back(move);
    }

    Rosters rosters_;
    SeasonDays days_;
    Random random_;
    std::vector<RosterMove> moves_;
};

}  // namespace

void Rosters::apply(const RosterMove& move) {
    std::erase(teams[move.from], move.player);
    teams[move.to].push_back(move.player);
}

Rosters rosters_on_opening_night(Season season, std::uint64_t seed) {
    require(season.start_year() >= kFirstLeagueYear, "the league begins in 2022-23");
    return Builder(season, seed).take();
}

std::vector<RosterMove> plan_moves(const Rosters& rosters, Season season, std::uint64_t seed) {
    return MovePlanner(rosters, season, seed).plan();
}

}  // namespace tipoff::league
