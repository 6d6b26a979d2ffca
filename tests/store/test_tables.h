#pragma once
/// Tables that the tests of the store fill.

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>

#include "store/table.h"

namespace tipoff::store {

/// A row of every type that a column may have.
struct Everything {
    std::int64_t id = 0;
    bool flag = false;
    std::int8_t tiny = 0;
    std::int16_t small = 0;
    std::int32_t medium = 0;
    std::int64_t big = 0;
    float real = 0;
    double number = 0;
    std::string text;
    GameDate date{};
    Instant at{};
    EventTime happened{};
    KnownAt known{};
    AsOf as_of{};
    GameId game{22200001};
    PlayerId player{};
    TeamId team{};
    Season season = Season::starting_in(2022);
    SeasonType season_type = SeasonType::kRegular;
    std::optional<bool> maybe_flag;
    std::optional<std::int32_t> maybe_number;
    std::optional<std::string> maybe_text;
    std::optional<GameDate> maybe_date;
    std::optional<Instant> maybe_at;
};

inline const Table<Everything> kEverything{"raw",
                                           "everything",
                                           "A column of every type.",
                                           {
                                               key<&Everything::id>("id", ""),
                                               value<&Everything::flag>("flag", ""),
                                               value<&Everything::tiny>("tiny", ""),
                                               value<&Everything::small>("small", ""),
                                               value<&Everything::medium>("medium", ""),
                                               value<&Everything::big>("big", ""),
                                               value<&Everything::real>("real_value", ""),
                                               value<&Everything::number>("number", ""),
                                               value<&Everything::text>("text_value", ""),
                                               value<&Everything::date>("day", ""),
                                               value<&Everything::at>("written_at", ""),
                                               value<&Everything::happened>("event_time", ""),
                                               value<&Everything::known>("known_at", ""),
                                               value<&Everything::as_of>("as_of", ""),
                                               value<&Everything::game>("game_id", ""),
                                               value<&Everything::player>("player_id", ""),
                                               value<&Everything::team>("team_id", ""),
                                               value<&Everything::season>("season", ""),
                                               value<&Everything::season_type>("season_type", ""),
                                               value<&Everything::maybe_flag>("maybe_flag", ""),
                                               value<&Everything::maybe_number>("maybe_number", ""),
                                               value<&Everything::maybe_text>("maybe_text", ""),
                                               value<&Everything::maybe_date>("maybe_date", ""),
                                               value<&Everything::maybe_at>("maybe_at", ""),
                                           }};

/// Points of a player in a game: a row as the steps write them.
struct Score {
    GameId game{22200001};
    PlayerId player{};
    GameDate date{};
    double points = 0;
    std::optional<std::string> note;
    std::string run_id;

    bool operator==(const Score&) const = default;
};

inline const Table<Score> kScore{
    "analytics",
    "score",
    "Points of a player in a game.",
    {
        key<&Score::game>("game_id", "The game."),
        key<&Score::player>("player_id", "The player."),
        value<&Score::date>("game_date", "The league's day."),
        value<&Score::points>("points", "NULL when unknown."),
        value<&Score::note>("note", "NULL when there is none."),
        bookkeeping<&Score::run_id>("run_id", "The run that wrote it."),
    }};

/// What was said of a player in a game at an instant.
struct Saying {
    GameId game{22200001};
    PlayerId player{};
    AsOf as_of{};
    double points = 0;
};

inline const Table<Saying> kSaying{
    "predictions",
    "saying",
    "What was said of a player in a game at an instant.",
    {
        key<&Saying::game>("game_id", "The game."),
        key<&Saying::player>("player_id", "The player."),
        shared_key<&Saying::as_of>("as_of", "Nothing known later is in it."),
        value<&Saying::points>("points", "Expected."),
    }};

}  // namespace tipoff::store
