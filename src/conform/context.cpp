#include "conform/context.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "conform/line_index.h"
#include "conform/notes.h"
#include "conform/player_history.h"
#include "conform/team_workload.h"

namespace tipoff::conform {

namespace {

/// A result in the order in which results became known.
struct KnownResult {
    const PlayerGame* row;
    std::uint32_t game;
    PlayerNumber player;
};

struct KnownListing {
    const ListedPlayer* row;
    PlayerNumber player;
};

struct KnownInjury {
    const collect::InjuryTransaction* row;
    PlayerNumber player;
};

struct Expectation {
    PlayerId player_id;
    PlayerNumber player;
    bool is_home;
    bool by_line_only;
    const PlayerLine* line;
};

}  // namespace

/// What never changes while the fold walks: the facts, in the orders in which they are asked for.
struct ContextFold::Facts {
    Facts(const Summaries& summaries_in, const RawFacts& raw, Admissible admissible_in);

    void number_players(const RawFacts& raw);
    void order_results();
    void order_injuries(const RawFacts& raw);
    void order_listings(const RawFacts& raw);

    [[nodiscard]] std::optional<PlayerNumber> number_of(PlayerId id) const;
    [[nodiscard]] std::string position_of(PlayerId id, AsOf as_of) const;

    const Summaries& summaries;
    Admissible admissible;
    ScheduleHistory schedule;
    TeamWorkloads workloads;
    LineIndex lines;
    Notes notes;
    std::unordered_map<GameId, std::uint32_t> games;
    std::unordered_map<PlayerId, PlayerNumber> players;
    std::vector<KnownResult> results;    ///< by known_at
    std::vector<KnownInjury> injuries;   ///< by known_at
    std::vector<KnownListing> listings;  ///< by known_at
    std::unordered_map<PlayerId, std::vector<const collect::Position*>>
        positions;  ///< oldest first
    std::unordered_map<PlayerId, const std::string*> names;
};

/// How far the walk has come.
struct ContextFold::State {
    explicit State(std::size_t players) : history(players) {}

    PlayerHistory history;
    std::size_t next_result = 0;
    std::size_t next_injury = 0;
    std::size_t next_listing = 0;
    std::vector<KnownResult> held;  ///< known, but of the day that is looked at or a later one
    GameDate date{std::chrono::sys_days::min()};
    AsOf as_of{Instant::min()};
};

ContextFold::Facts::Facts(const Summaries& summaries_in, const RawFacts& raw,
                          Admissible admissible_in)
    : summaries(summaries_in),
      admissible(admissible_in),
      schedule(raw.schedule),
      workloads(schedule, admissible),
      lines(raw, admissible),
      notes(raw.notes, admissible) {
    require(schedule.size() == summaries.games.size(), "summaries of other facts");
    for (std::uint32_t game = 0; game < summaries.games.size(); ++game) {
        games.emplace(summaries.games[game].game_id, game);
    }
    number_players(raw);
    order_results();
    order_injuries(raw);
    order_listings(raw);
    for (const collect::Position& row : raw.positions)
        positions[row.player_id].push_back(&row);
    for (auto& [player, rows] : positions) {
        std::ranges::sort(rows, {},
                          [](const auto* row) { return std::tie(row->season, row->source); });
    }
    for (const collect::Player& row : raw.players)
        names.emplace(row.player_id, &row.player_name);
}

void ContextFold::Facts::number_players(const RawFacts& raw) {
    const auto number = [&](PlayerId id) {
        players.try_emplace(id, static_cast<PlayerNumber>(players.size()));
    };
    for (const PlayerGame& row : summaries.player_games)
        number(row.player_id);
    for (const auto& row : raw.injuries) {
        if (row.player_id) number(*row.player_id);
    }
}

void ContextFold::Facts::order_results() {
    results.reserve(summaries.player_games.size());
    std::uint32_t game = 0;
    for (const PlayerGame& row : summaries.player_games) {
        while (summaries.games[game].game_id != row.game_id)
            ++game;
        results.push_back({&row, game, players.at(row.player_id)});
    }
    std::ranges::stable_sort(results, {},
                             [](const KnownResult& result) { return result.row->known_at; });
}

void ContextFold::Facts::order_injuries(const RawFacts& raw) {
    for (const auto& row : raw.injuries) {
        if (row.player_id) injuries.push_back({&row, players.at(*row.player_id)});
    }
    std::ranges::sort(injuries, {}, [](const KnownInjury& injury) { return injury.row->known_at; });
}

void ContextFold::Facts::order_listings(const RawFacts& raw) {
    for (const ListedPlayer& row : raw.listed) {
        // Whoever never played is expected by nobody yet.
        if (const auto player = number_of(row.player_id)) listings.push_back({&row, *player});
    }
    std::ranges::stable_sort(listings, {},
                             [](const KnownListing& listing) { return listing.row->known_at; });
}

std::optional<PlayerNumber> ContextFold::Facts::number_of(PlayerId id) const {
    const auto found = players.find(id);
    return found == players.end() ? std::nullopt : std::optional(found->second);
}

std::string ContextFold::Facts::position_of(PlayerId id, AsOf as_of) const {
    const auto found = positions.find(id);
    if (found == positions.end()) return "";
    std::string position;
    for (const collect::Position* row : found->second) {
        if (admissible(row->known_at, as_of)) position = row->position;
    }
    return position;
}

namespace {

/// Takes in what became known before `as_of`; results of `date` and later wait.
template <class Facts, class State>
void advance(const Facts& facts, State& state, GameDate date, AsOf as_of) {
    const auto admissible = facts.admissible;
    const auto take = [&](const KnownResult& result) {
        state.history.observe(result.player, result.game, *result.row);
    };
    if (date > state.date) {
        for (const KnownResult& result : std::exchange(state.held, {})) {
            if (result.row->game_date < date) {
                take(result);
            } else {
                state.held.push_back(result);
            }
        }
    }
    const auto& results = facts.results;
    for (; state.next_result < results.size(); ++state.next_result) {
        const KnownResult& result = results[state.next_result];
        if (!admissible(result.row->known_at, as_of)) break;
        if (result.row->game_date < date) {
            take(result);
        } else {
            state.held.push_back(result);
        }
    }
    const auto& injuries = facts.injuries;
    for (; state.next_injury < injuries.size(); ++state.next_injury) {
        const KnownInjury& injury = injuries[state.next_injury];
        if (!admissible(injury.row->known_at, as_of)) break;
        state.history.observe(injury.player, *injury.row);
    }
    const auto& listings = facts.listings;
    for (; state.next_listing < listings.size(); ++state.next_listing) {
        const KnownListing& listing = listings[state.next_listing];
        if (!admissible(listing.row->known_at, as_of)) break;
        state.history.observe(listing.player, listing.row->team_id,
                              eastern_date(listing.row->known_at.at));
    }
    state.date = date;
    state.as_of = as_of;
}

/// Whose team it is, of those who appeared this season or last.
void expect_roster(const PlayerHistory& history, const Game& game, bool is_home,
                   std::vector<Expectation>& expected) {
    const TeamId team = is_home ? game.home_team_id : game.away_team_id;
    for (const PlayerNumber player : history.last_seen_with(team)) {
        const Appearance& last = history.appearances(player).back();
        if (last.season.start_year() + 1 < game.season.start_year()) continue;
        expected.push_back({last.row->player_id, player, is_home, false, nullptr});
    }
}

/// A player expected by his line alone; nothing where neither team is his.
template <class Facts>
std::optional<Expectation> lined_player(const Facts& facts, const PlayerHistory& history,
                                        const Game& game, const PlayerLine& line) {
    const auto number = facts.number_of(line.player_id);
    if (!number || history.appearances(*number).empty()) return std::nullopt;
    const TeamId team = history.team(*number);
    if (team != game.home_team_id && team != game.away_team_id) return std::nullopt;
    return Expectation{line.player_id, *number, team == game.home_team_id, true, &line};
}

/// Joins the lines to the players; a line brings in a player who was last seen with either team.
template <class Facts>
void expect_lined(const Facts& facts, const PlayerHistory& history, const Game& game, AsOf as_of,
                  const std::vector<PlayerLine>& lines, std::vector<Expectation>& expected,
                  Contexts& out) {
    const auto by_id = [](const Expectation& player) { return player.player_id; };
    std::ranges::sort(expected, {}, by_id);
    const std::size_t roster = expected.size();
    for (const PlayerLine& line : lines) {
        const auto end = expected.begin() + static_cast<std::ptrdiff_t>(roster);
        const auto found =
            std::ranges::lower_bound(expected.begin(), end, line.player_id, {}, by_id);
        if (found != end && found->player_id == line.player_id) {
            found->line = &line;
            continue;
        }
        if (const auto player = lined_player(facts, history, game, line)) {
            expected.push_back(*player);
            continue;
        }
        const auto name = facts.names.find(line.player_id);
        out.unplaced.push_back({game.game_id, line.player_id, game.game_date, as_of,
                                name == facts.names.end() ? "" : *name->second});
    }
    std::ranges::sort(expected, {}, by_id);
}

template <class Context>
Context context_of(const Game& game, bool is_home, AsOf as_of) {
    Context context;
    context.game_id = game.game_id;
    context.game_date = game.game_date;
    context.season = game.season;
    context.season_type = game.season_type;
    context.as_of = as_of;
    context.team_id = is_home ? game.home_team_id : game.away_team_id;
    context.opponent_team_id = is_home ? game.away_team_id : game.home_team_id;
    context.is_home = is_home;
    return context;
}

TeamContext team_context(const Game& game, bool is_home, AsOf as_of, const TeamWorkload& own,
                         const TeamWorkload& opponent, const GameLines& lines) {
    auto context = context_of<TeamContext>(game, is_home, as_of);
    context.games_played_season = own.games_played_season;
    context.days_rest = own.days_rest;
    context.is_back_to_back = own.days_rest == 0;
    context.games_last_4_days = own.games_last_4_days;
    context.games_last_6_days = own.games_last_6_days;
    context.games_last_7_days = own.games_last_7_days;
    context.games_last_14_days = own.games_last_14_days;
    context.opponent_days_rest = opponent.days_rest;
    context.travel_miles = own.travel_miles;
    context.time_zone_change = own.time_zone_change;
    if (lines.total) {
        context.game_total = lines.total->line_value;
        context.undated_lines += lines.total->undated_lines;
    }
    if (lines.home_spread) {
        context.home_spread = lines.home_spread->line_value;
        context.undated_lines += lines.home_spread->undated_lines;
    }
    const double handicap = is_home ? context.home_spread : -context.home_spread;
    context.implied_team_total = (context.game_total - handicap) / 2;
    return context;
}

void add_recent_games(const PlayerHistory& history, PlayerNumber player, PlayerContext& context) {
    const auto appearances = history.appearances(player);
    const Appearance& last = appearances.back();
    context.last_game_date = last.game_date;
    if (last.season == context.season) {
        context.days_rest = days_between(last.game_date, context.game_date) - 1;
    }
    for (std::size_t i = appearances.size(); i-- > 0;) {
        const int days_ago = days_between(appearances[i].game_date, context.game_date);
        if (days_ago > 14) break;
        ++context.games_last_14_days;
        if (days_ago > 7) continue;
        ++context.games_last_7_days;
        context.minutes_last_7_days += appearances[i].minutes;
    }
}

PlayerContext player_context(const Game& game, AsOf as_of, const Expectation& expected,
                             const PlayerHistory& history, const collect::Note* note,
                             std::string position) {
    auto context = context_of<PlayerContext>(game, expected.is_home, as_of);
    context.player_id = expected.player_id;
    context.player_name = history.appearances(expected.player).back().row->player_name;
    const bool was_moved = history.appearances(expected.player).back().team_id != context.team_id;
    context.expected_by = expected.by_line_only ? "prop_line"
                          : was_moved           ? "roster"
                                                : "last_appearance";
    context.position = std::move(position);
    context.is_ruled_out = note != nullptr && note->kind == collect::kNoteOut;
    context.injury_status =
        context.is_ruled_out || history.is_out(expected.player) ? "out" : "available";
    add_recent_games(history, expected.player, context);
    if (expected.line && expected.line->points) {
        context.points_line = expected.line->points->line_value;
        context.points_line_books = expected.line->points->books;
        context.undated_lines = expected.line->points->undated_lines;
    }
    return context;
}

}  // namespace

ContextFold::ContextFold(const Summaries& summaries, const RawFacts& facts,
                         const ContextOptions& options)
    : facts_(std::make_shared<const Facts>(summaries, facts, options.admissible)),
      as_of_(options.as_of),
      state_(std::make_unique<State>(facts_->players.size())) {}

ContextFold::ContextFold(const ContextFold& other)
    : facts_(other.facts_), as_of_(other.as_of_), state_(std::make_unique<State>(*other.state_)) {}

ContextFold& ContextFold::operator=(const ContextFold& other) { return *this = ContextFold(other); }

ContextFold::ContextFold(ContextFold&&) noexcept = default;
ContextFold& ContextFold::operator=(ContextFold&&) noexcept = default;
ContextFold::~ContextFold() = default;

void ContextFold::emit(const Game& asked, Contexts& out) {
    const std::uint32_t place = facts_->games.at(asked.game_id);
    const Game& game = facts_->summaries.games[place];
    const AsOf tip_off{game.tip_off};
    const AsOf as_of = as_of_ ? std::min(*as_of_, tip_off) : tip_off;
    if (pairing_as_known(facts_->schedule.statements(place), as_of, facts_->admissible)
            .is_postponed) {
        return;
    }
    // What was taken in is not given back: an earlier instant starts over.
    if (game.game_date < state_->date || as_of < state_->as_of) {
        state_ = std::make_unique<State>(facts_->players.size());
    }
    advance(*facts_, *state_, game.game_date, as_of);
    const PlayerHistory& history = state_->history;

    std::vector<Expectation> expected;
    for (const bool is_home : {true, false})
        expect_roster(history, game, is_home, expected);
    const auto lines = facts_->lines.of_players(game.game_id, as_of);
    expect_lined(*facts_, history, game, as_of, lines, expected, out);

    std::array<std::int32_t, 2> players_out{};
    for (const Expectation& player : expected) {
        const collect::Note* note = facts_->notes.standing(player.player_id, game.game_date, as_of);
        out.players.push_back(player_context(game, as_of, player, history, note,
                                             facts_->position_of(player.player_id, as_of)));
        if (!player.by_line_only && out.players.back().injury_status == "out")
            ++players_out[player.is_home];
    }

    const auto game_lines = facts_->lines.of_game(game.game_id, as_of);
    const auto home = facts_->workloads.before(place, game.home_team_id, as_of);
    const auto away = facts_->workloads.before(place, game.away_team_id, as_of);
    const std::size_t first = out.teams.size();
    out.teams.push_back(team_context(game, true, as_of, home, away, game_lines));
    out.teams.push_back(team_context(game, false, as_of, away, home, game_lines));
    out.teams[first].players_out = players_out[true];
    out.teams[first + 1].players_out = players_out[false];
    if (game.away_team_id < game.home_team_id) std::swap(out.teams[first], out.teams[first + 1]);
}

Contexts contexts(const Summaries& summaries, const RawFacts& facts, GameDate from, GameDate to,
                  const ContextOptions& options) {
    Contexts out;
    ContextFold fold(summaries, facts, options);
    for (const Game& game : summaries.games) {
        if (from <= game.game_date && game.game_date <= to) fold.emit(game, out);
    }
    return out;
}

}  // namespace tipoff::conform
