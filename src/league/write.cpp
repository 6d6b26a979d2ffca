#include "league/write.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <string_view>
#include <system_error>

#include "league/gzip.h"
#include "league/shot_chart.h"
#include "league/teams.h"

namespace tipoff::league {
namespace {

/// Rows of text, fields parted by commas. Nothing that the league writes holds a comma, a quote or
/// a line break.
class Csv {
public:
    explicit Csv(std::string_view header) {
        text_ = header;
        text_ += '\n';
    }

    Csv& add(std::string_view field) {
        separate();
        text_ += field;
        return *this;
    }

    template <std::integral Integer>
    Csv& add(Integer number) {
        separate();
        put(static_cast<std::int64_t>(number));
        return *this;
    }

    /// A number of tenths as a decimal: "12", "11.8".
    Csv& add_tenths(int tenths) {
        separate();
        put_decimal(tenths, 10, 1, false);
        return *this;
    }

    /// A number of hundredths as a decimal: "10.25", "17.9".
    Csv& add_hundredths(int hundredths) {
        separate();
        put_decimal(hundredths, 100, 2, false);
        return *this;
    }

    /// "231.0", "4.5": a number of halves with one decimal always.
    Csv& add_halves(double value) {
        separate();
        put_decimal(static_cast<std::int64_t>(value * 10.0 + (value < 0 ? -0.5 : 0.5)), 10, 1,
                    true);
        return *this;
    }

    /// A share to three decimals without trailing zeros ("0.286", "0.4", "0.0"); empty when there
    /// was no attempt.
    Csv& add_share(int made, int attempted) {
        separate();
        if (attempted == 0) return *this;
        const int thousandths = (2000 * made + attempted) / (2 * attempted);
        put_decimal(thousandths, 1000, 3, true);
        return *this;
    }

    /// "+120" or "-110".
    Csv& add_price(int price) {
        separate();
        if (price > 0) text_ += '+';
        put(price);
        return *this;
    }

    void end_row() {
        text_ += '\n';
        at_row_start_ = true;
    }

    std::string take() { return std::move(text_); }

private:
    void separate() {
        if (!at_row_start_) text_ += ',';
        at_row_start_ = false;
    }

    void put(std::int64_t number) {
        std::array<char, 24> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
        text_.append(digits.data(), end);
    }

    void put_decimal(std::int64_t scaled, std::int64_t scale, int decimals, bool keep_one) {
        if (scaled < 0) text_ += '-';
        const std::int64_t size = scaled < 0 ? -scaled : scaled;
        put(size / scale);
        std::string fraction = std::to_string(scale + size % scale).substr(1);
        fraction.resize(static_cast<std::size_t>(decimals));
        while (!fraction.empty() && fraction.back() == '0')
            fraction.pop_back();
        if (fraction.empty() && keep_one) fraction = "0";
        if (!fraction.empty()) text_ += "." + fraction;
    }

    std::string text_;
    bool at_row_start_ = true;
};

const TeamFacts& team_on(const Fixture& fixture, std::size_t side) {
    return team_facts()[side == 0 ? fixture.home : fixture.away];
}

/// "DAL vs. BOS" for the home team, "BOS @ DAL" for the other.
std::string matchup(const Fixture& fixture, std::size_t side) {
    return std::string(team_on(fixture, side).tricode) + (side == 0 ? " vs. " : " @ ") +
           std::string(team_on(fixture, 1 - side).tricode);
}

/// "22-23" of "2022-23".
std::string short_season(Season season) { return to_string(season).substr(2); }

std::string_view win_or_loss(const PlayedGame& game, std::size_t side) {
    return game.points(side) > game.points(1 - side) ? "W" : "L";
}

/// A game's two sides in the order of team ids.
std::array<std::size_t, 2> sides_by_team(const Fixture& fixture) {
    return fixture.home < fixture.away ? std::array<std::size_t, 2>{0, 1}
                                       : std::array<std::size_t, 2>{1, 0};
}

void add_counts(Csv& csv, const BoxCounts& c) {
    csv.add(c.points)
        .add(c.field_goals_made)
        .add(c.field_goals_attempted)
        .add_share(c.field_goals_made, c.field_goals_attempted)
        .add(c.threes_made)
        .add(c.threes_attempted)
        .add_share(c.threes_made, c.threes_attempted)
        .add(c.free_throws_made)
        .add(c.free_throws_attempted)
        .add_share(c.free_throws_made, c.free_throws_attempted)
        .add(c.offensive_rebounds)
        .add(c.defensive_rebounds)
        .add(c.rebounds())
        .add(c.assists)
        .add(c.steals)
        .add(c.blocks)
        .add(c.turnovers)
        .add(c.fouls);
}

std::string player_box(const SimulatedSeason& season) {
    Csv csv(
        "SEASON_ID,PLAYER_ID,PLAYER_NAME,TEAM_ID,TEAM_ABBREVIATION,TEAM_NAME,GAME_ID,GAME_DATE,"
        "MATCHUP,WL,"
        "MIN,PTS,FGM,FGA,FG_PCT,FG3M,FG3A,FG3_PCT,FTM,FTA,FT_PCT,OREB,DREB,REB,AST,STL,BLK,TOV,PF,"
        "PLUS_MINUS,SEASON_LABEL");
    const std::string label = to_string(season.options.season);
    for (const PlayedGame& game : season.games) {
        const Fixture& fixture = season.fixtures[game.fixture];
        for (const std::size_t side : sides_by_team(fixture)) {
            const TeamFacts& team = team_on(fixture, side);
            std::vector<GamePlayerLine> lines = game.result.lines[side];
            std::ranges::sort(lines, {}, &GamePlayerLine::index);
            for (const GamePlayerLine& line : lines) {
                if (!line.played()) continue;
                const Player& player = season.rosters.players[line.index];
                csv.add(20'000 + season.options.season.start_year())
                    .add(player.player_id)
                    .add(player.name.display)
                    .add(team.team_id.value)
                    .add(team.tricode)
                    .add(team.box_name)
                    .add(to_string(fixture.game_id))
                    .add(to_string(fixture.date))
                    .add(matchup(fixture, side))
                    .add(win_or_loss(game, side))
                    .add(whole_minutes(line.tenths));
                add_counts(csv, line.counts);
                csv.add(line.counts.plus_minus).add(label).end_row();
            }
        }
    }
    return csv.take();
}

std::string team_box(const SimulatedSeason& season) {
    Csv csv(
        "SEASON_ID,TEAM_ID,TEAM_ABBREVIATION,TEAM_NAME,GAME_ID,GAME_DATE,MATCHUP,WL,MIN,PTS,FGM,"
        "FGA,FG_PCT,"
        "FG3M,FG3A,FG3_PCT,FTM,FTA,FT_PCT,OREB,DREB,REB,AST,STL,BLK,TOV,PF,PLUS_MINUS,SEASON");
    const std::string label = to_string(season.options.season);
    for (const PlayedGame& game : season.games) {
        const Fixture& fixture = season.fixtures[game.fixture];
        for (const std::size_t side : sides_by_team(fixture)) {
            const TeamFacts& team = team_on(fixture, side);
            int minutes = 0;
            for (const GamePlayerLine& line : game.result.lines[side]) {
                minutes += whole_minutes(line.tenths);
            }
            csv.add(20'000 + season.options.season.start_year())
                .add(team.team_id.value)
                .add(team.tricode)
                .add(team.box_name)
                .add(to_string(fixture.game_id))
                .add(to_string(fixture.date))
                .add(matchup(fixture, side))
                .add(win_or_loss(game, side))
                .add(minutes);
            add_counts(csv, game.result.totals[side]);
            csv.add_halves(game.points(side) - game.points(1 - side)).add(label).end_row();
        }
    }
    return csv.take();
}

std::string schedule(const SimulatedSeason& season) {
    Csv csv("gid,gcode,etdate,ettime,seri,an,ac,st,stt,h.tid,v.tid,h.ta,v.ta,h.s,v.s,seas");
    const std::string label = short_season(season.options.season);
    auto game = season.games.begin();
    for (std::size_t i = 0; i < season.fixtures.size(); ++i) {
        const Fixture& fixture = season.fixtures[i];
        const TeamFacts& home = team_on(fixture, 0);
        const TeamFacts& away = team_on(fixture, 1);
        const bool is_final = game != season.games.end() && game->fixture == i;
        const std::string day = to_string(fixture.date);
        std::string code = day;
        std::erase(code, '-');
        code += "/" + std::string(away.tricode) + std::string(home.tricode);
        csv.add(to_string(fixture.game_id))
            .add(code)
            .add(day)
            .add(fmt::format("{:02}:{:02}:00", fixture.tip_off / 60, fixture.tip_off % 60))
            .add("")
            .add(home.arena)
            .add(home.city)
            .add(is_final ? 3 : 1)
            .add(is_final ? std::string("Final") : tip_off_text(fixture))
            .add(home.team_id.value)
            .add(away.team_id.value)
            .add(home.tricode)
            .add(away.tricode);
        if (is_final) {
            csv.add_halves(game->points(0)).add_halves(game->points(1));
            ++game;
        } else {
            csv.add("").add("");
        }
        csv.add(label).end_row();
    }
    return csv.take();
}

std::string shots(const SimulatedSeason& season) {
    Csv csv(
        "SEASON_2,TEAM_ID,PLAYER_ID,PLAYER_NAME,POSITION_GROUP,POSITION,GAME_DATE,GAME_ID,HOME_"
        "TEAM,AWAY_TEAM,"
        "SHOT_MADE,ACTION_TYPE,SHOT_TYPE,BASIC_ZONE,ZONE_NAME,ZONE_RANGE,LOC_X,LOC_Y,SHOT_DISTANCE,"
        "QUARTER,"
        "MINS_LEFT,SECS_LEFT");
    // Locations are given from the baseline, 5.25 feet behind the hoop.
    constexpr int kHoopHundredths = 525;
    const std::string label = to_string(season.options.season);
    for (const PlayedGame& game : season.games) {
        const Fixture& fixture = season.fixtures[game.fixture];
        const std::string game_id = to_string(fixture.game_id);
        const std::string date = to_string(fixture.date);
        Random random(season.options.seed, Stream::kShotChart,
                      static_cast<std::uint64_t>(fixture.game_id.value));
        for (const ShotEvent& shot : game.result.shots) {
            const Player& player = season.rosters.players[shot.player];
            const ShotSpot spot = spot_of(shot, random);
            csv.add(label)
                .add(team_on(fixture, shot.side).team_id.value)
                .add(player.player_id)
                .add(player.name.display)
                .add(group_of(player.position))
                .add(to_string(player.position))
                .add(date)
                .add(game_id)
                .add(team_on(fixture, 0).tricode)
                .add(team_on(fixture, 1).tricode)
                .add(shot.made ? "TRUE" : "FALSE")
                .add(spot.action)
                .add(is_three(shot.zone) ? "3PT Field Goal" : "2PT Field Goal")
                .add(to_string(shot.zone))
                .add(spot.side_of_floor)
                .add(spot.range)
                .add_tenths(spot.x_tenths)
                .add_hundredths(10 * spot.y_tenths + kHoopHundredths)
                .add(spot.distance_feet)
                .add(shot.period)
                .add(shot.seconds_left / 60)
                .add(shot.seconds_left % 60)
                .end_row();
        }
    }
    return csv.take();
}

std::string game_lines(const SimulatedSeason& season) {
    Csv csv(
        "season,Date,game_date,Home,Away,home,away,OU,Spread,ML_Home,ML_Away,Points,Win_Margin,"
        "Days_Rest_Home,"
        "Days_Rest_Away,nba_game_id,home_away_swapped");
    const std::string label = to_string(season.options.season);
    auto game = season.games.begin();
    for (const GameLine& line : season.game_lines) {
        const Fixture& fixture = season.fixtures[line.fixture];
        while (game != season.games.end() && game->fixture < line.fixture)
            ++game;
        const bool is_final = game != season.games.end() && game->fixture == line.fixture;
        const std::string day = to_string(fixture.date);
        csv.add(label)
            .add(label + "-" + day.substr(5, 2) + day.substr(8, 2))
            .add(day)
            .add(team_on(fixture, 0).full_name)
            .add(team_on(fixture, 1).full_name)
            .add(team_on(fixture, 0).tricode)
            .add(team_on(fixture, 1).tricode)
            .add_halves(line.total)
            .add_halves(line.home_margin)
            .add(line.home_price)
            .add(line.away_price);
        if (is_final) {
            csv.add(game->points(0) + game->points(1)).add(game->points(0) - game->points(1));
        } else {
            csv.add("").add("");
        }
        csv.add(line.days_since_last_game[0])
            .add(line.days_since_last_game[1])
            .add(to_string(fixture.game_id))
            .add(0)
            .end_row();
    }
    return csv.take();
}

std::string player_prop_lines(const SimulatedSeason& season) {
    Csv csv(
        "source,game_date,commence_time,away,home,player,market,bookmaker,line,over_price,under_"
        "price,"
        "captured_at,nba_game_id,nba_player_id,suspect_in_play");
    for (const PropLine& line : season.prop_lines) {
        const Fixture& fixture = season.fixtures[line.fixture];
        const Player& player = season.rosters.players[line.player];
        csv.add("simulated")
            .add(to_string(fixture.date))
            .add(tipoff::to_string(tip_off_of(fixture)))
            .add(team_on(fixture, 1).tricode)
            .add(team_on(fixture, 0).tricode)
            .add(player.name.prop)
            .add(to_string(line.market))
            .add(book_name(line.book))
            .add_halves(line.line)
            .add_price(line.over_price)
            .add_price(line.under_price)
            .add(tipoff::to_string(line.captured_at))
            .add(to_string(fixture.game_id))
            .add(player.player_id)
            .add(0)
            .end_row();
    }
    return csv.take();
}

std::string injury_transactions(const SimulatedSeason& season) {
    Csv csv("Date,Team,Acquired,Relinquished,Notes");
    for (const InjuryTransaction& transaction : season.transactions) {
        const PlayerName& name = season.rosters.players[transaction.player].name;
        const std::string listed =
            name.other_plain.empty() ? name.plain : name.other_plain + " / " + name.plain;
        csv.add(to_string(transaction.date))
            .add(team_facts()[transaction.team].short_name)
            .add(transaction.is_return ? std::string_view(listed) : std::string_view())
            .add(transaction.is_return ? std::string_view() : std::string_view(listed))
            .add(transaction.notes)
            .end_row();
    }
    return csv.take();
}

std::string player_positions(const SimulatedSeason& season) {
    Csv csv("PLAYER_ID,POSITION,TeamID,POSITION_SIMPLE");
    for (std::size_t team = 0; team < kTeams; ++team) {
        for (const PlayerIndex index : season.rosters.teams[team]) {
            const Player& player = season.rosters.players[index];
            csv.add(player.player_id)
                .add(player.listed_position)
                .add(team_facts()[team].team_id.value)
                .add(player.listed_position.substr(0, 1))
                .end_row();
        }
    }
    return csv.take();
}

struct Kind {
    std::string_view name;
    std::string (*write)(const SimulatedSeason&);
};

/// A kind of file is added by one function and one line here.
constexpr std::array kKinds{
    Kind{"schedule", schedule},
    Kind{"player_box", player_box},
    Kind{"team_box", team_box},
    Kind{"shots", shots},
    Kind{"game_lines", game_lines},
    Kind{"player_prop_lines", player_prop_lines},
    Kind{"injury_transactions", injury_transactions},
    Kind{"player_positions", player_positions},
};

}  // namespace

std::string csv_of(const SimulatedSeason& season, std::string_view kind) {
    const auto found = std::ranges::find(kKinds, kind, &Kind::name);
    require(found != kKinds.end(), "a kind of file that the league writes");
    return found->write(season);
}

Expected<WrittenFiles> write_season(const SimulatedSeason& season,
                                    const std::filesystem::path& directory) {
    std::error_code failure;
    std::filesystem::create_directories(directory, failure);
    if (failure) {
        return fail(ErrorCode::kIo, "cannot make " + directory.string() + ": " + failure.message());
    }
    WrittenFiles files;
    for (const Kind& kind : kKinds) {
        const std::string content = kind.write(season);
        const auto path = directory / (std::string(kind.name) + "_" +
                                       to_string(season.options.season) + ".csv.gz");
        TIPOFF_TRY(const std::size_t bytes, write_gzip(path, content));
        const auto lines = static_cast<std::size_t>(std::ranges::count(content, '\n'));
        files.push_back({path, lines - 1, bytes});
    }
    return files;
}

}  // namespace tipoff::league
