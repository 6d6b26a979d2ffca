#pragma once
/// The workflows file: which jobs there are, when each is due, and what it does.
///
/// The file is checked as it is read: an unknown key, source or step, a cron expression or a
/// duration that is none, a name twice. The error says "file:line:column: what". The program
/// carries config/workflows.yaml; a home may have its own (docs/schedule.md).

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "conform/market.h"
#include "operate/cron.h"

namespace tipoff::operate {

enum class TaskKind : std::uint8_t {
    kCollect,  ///< a source
    kDerive,   ///< a step: conform, features, forecasts
    kGrade,
    kTrain,  ///< through the game date
    kUpkeep,
    kSummary,
    kTestAlerts,
};

/// "collect", "derive", "grade", "train", "upkeep", "summary", "test_alerts".
[[nodiscard]] std::string_view to_string(TaskKind kind);

/// Which game date a task is about: relative to its logical time's day, or the date whose games
/// made it due.
enum class TaskDay : std::uint8_t { kToday, kYesterday, kTomorrow, kOfTrigger };

/// "today", "yesterday", "tomorrow", "of_trigger".
[[nodiscard]] std::string_view to_string(TaskDay day);

/// A task as the file has it.
struct TaskRule {
    TaskKind kind = TaskKind::kCollect;
    std::string name;  ///< the source or the step; empty for other kinds
    TaskDay day = TaskDay::kToday;
};

/// A task with its game date, which travels with it.
struct Task {
    TaskKind kind = TaskKind::kCollect;
    std::string name;
    GameDate game_date{};
    bool operator==(const Task&) const = default;
};

/// From so long before the first tip-off of a game date, every so often, to the last tip-off. Of
/// `early_games`, the games that tip off before an hour of the day alone.
struct BeforeGames {
    std::chrono::seconds from{};
    std::optional<std::chrono::seconds> every;    ///< once where there is none
    std::optional<std::chrono::seconds> closing;  ///< also so long before each tip-off
    std::optional<int> before_hour;
};

/// Windows of a game date: the first so long after its first tip-off, then every so often, until so
/// long after its last tip-off or until all its games are final with box scores.
struct AfterGames {
    std::chrono::seconds after{};
    std::chrono::seconds every{};
    std::chrono::seconds until{};
};

using Trigger = std::variant<BeforeGames, AfterGames, Cron>;

/// Whether the schedule of games decides.
[[nodiscard]] inline bool is_aware_of_games(const Trigger& trigger) {
    return !std::holds_alternative<Cron>(trigger);
}

/// "cron 30 6 * * *", "from 6h before the first game every 1h, to tip-off".
[[nodiscard]] std::string to_string(const Trigger& trigger);

/// What becomes of logical times that were missed while nothing ran.
enum class CatchUp : std::uint8_t {
    kNone,    ///< they are left out
    kLatest,  ///< the newest is run
    kAll,     ///< each is run; of a game date's windows the newest
};

/// "none", "latest", "all".
[[nodiscard]] std::string_view to_string(CatchUp catch_up);

struct Job {
    std::string name;
    std::vector<std::string> aliases;
    std::string what;
    bool enabled = true;
    Trigger trigger;
    CatchUp catch_up = CatchUp::kNone;
    std::chrono::seconds catch_up_within{};  ///< nothing older is run
    std::chrono::seconds give_up_after{};    ///< from its logical time to its deadline
    std::vector<TaskRule> tasks;
};

struct Workflows {
    std::string file_name;  ///< where they were read from
    std::string version;    ///< a fingerprint of the text, twelve characters
    std::vector<Job> jobs;  ///< in the file's order

    /// Whose forecasts are made; points where the file does not say.
    std::vector<Market> markets{Market::kPoints};

    /// By name or alias; null where there is none.
    [[nodiscard]] const Job* find(std::string_view name) const;
};

/// Reads and checks the text of a workflows file; `kInvalidInput` with "file:line:column: what".
Expected<Workflows> read_workflows(std::string_view text, std::string_view file_name);

/// The text of config/workflows.yaml, which the program carries.
[[nodiscard]] std::string_view default_workflows_text();

/// The workflows that hold for a home: those of `configured` where it is named, else of the home's
/// workflows.yaml where there is one, else the program's own. `kIo` where a file cannot be read.
Expected<Workflows> workflows_of(const std::filesystem::path& home,
                                 const std::optional<std::filesystem::path>& configured = {});

/// A job's tasks at a logical time, game dates filled in. `trigger_date` is there exactly where the
/// trigger is aware of games.
[[nodiscard]] std::vector<Task> tasks_of(const Job& job, Instant logical_time,
                                         std::optional<GameDate> trigger_date);

/// Reads "90s", "45m", "2h30m", "7d"; nothing where it is no such thing, or not above zero.
[[nodiscard]] std::optional<std::chrono::seconds> parse_duration(std::string_view text);

/// "2h30m".
[[nodiscard]] std::string to_words(std::chrono::seconds duration);

}  // namespace tipoff::operate
