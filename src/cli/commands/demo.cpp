/// `tipoff demo`: a simulated season from its upstreams to graded forecasts and tonight's board, in
/// a folder that is gone afterwards.

#include <fmt/core.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "cli/commands/board_output.h"
#include "cli/commands/commands.h"
#include "cli/commands/grade_output.h"
#include "cli/context.h"
#include "cli/demo_league.h"
#include "cli/progress.h"
#include "grade/report.h"
#include "league/schedule.h"
#include "league/season.h"
#include "ledger/ledger.h"
#include "operate/backfill.h"
#include "operate/board.h"
#include "operate/coverage.h"
#include "operate/facts.h"
#include "operate/train.h"

namespace tipoff::cli {
namespace {

/// Rows of the board that fit a screen.
constexpr std::size_t kBoardRows = 24;

/// The simulated season stands at this date: half of it is played, and the next night is to be
/// forecast.
constexpr int kSeason = 2025;
/// Half a season is little to try a model on: in about every second league of this size chance
/// alone keeps it out of service. In this one it passes; `--seed` shows others.
constexpr std::uint64_t kSeed = 2;
constexpr GameDate kPlayedThrough{std::chrono::sys_days{std::chrono::year{2026} / 1 / 31}};

/// The systems that learn are fitted on games up to here, and forecast what follows.
constexpr GameDate kTrainedThrough{std::chrono::sys_days{std::chrono::year{2025} / 12 / 31}};

struct DemoOptions {
    std::optional<std::string> keep;
};

/// A folder that goes with the object, unless somebody wants to keep it.
class DemoHome {
public:
    static Expected<DemoHome> make(const std::optional<std::string>& keep) {
        if (keep) return DemoHome(*keep, true);
        std::string pattern =
            (std::filesystem::temp_directory_path() / "tipoff-demo-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr)
            return fail(ErrorCode::kIo, "cannot make a temporary folder");
        return DemoHome(pattern, false);
    }
    DemoHome(DemoHome&& other) noexcept
        : folder_(std::exchange(other.folder_, {})), keep_(other.keep_) {}
    DemoHome& operator=(DemoHome&&) = delete;
    ~DemoHome() {
        std::error_code ignored;
        if (!keep_ && !folder_.empty()) std::filesystem::remove_all(folder_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

private:
    DemoHome(std::filesystem::path folder, bool keep) : folder_(std::move(folder)), keep_(keep) {}
    std::filesystem::path folder_;
    bool keep_;
};

/// Tells what is being done, and how long the thing before took.
class Narrator {
public:
    explicit Narrator(const Clock& clock) : clock_(clock), since_(clock.elapsed()) {}
    void say(std::string_view what) {
        const auto now = clock_.elapsed();
        print(fmt::format("{:6.1f} s  {}\n", std::chrono::duration<double>(now - since_).count(),
                          what));
        since_ = now;
    }

private:
    const Clock& clock_;
    std::chrono::microseconds since_;
};

Status train_forecast_and_grade(store::Home& home, const Context& context,
                                const store::DateScope& dates, Narrator& narrator) {
    store::Database& database = home.database();
    ledger::Ledger ledger(database, context.clock());
    TIPOFF_TRY(const auto facts, operate::Facts::load(database));
    operate::TrainRequest training;
    training.through = kTrainedThrough;
    training.counts = {Market::kPoints};
    training.promote = true;
    TIPOFF_TRY(const auto trained,
               operate::train(home.folder(), database, ledger, context.clock(), *facts, training));
    const auto& model = trained.front();
    narrator.say(fmt::format("trained on {} player games through {}, {}",
                             model.record.training_rows, to_string(kTrainedThrough),
                             model.record.promoted ? "tried on unseen ones and put into service"
                                                   : "not in service: " + model.refusal));

    TIPOFF_TRY(auto models, forecast::ModelsInService::open(home.folder(), database));
    operate::Backfill backfill(database, ledger, context.clock(), *facts, std::move(models));
    operate::BackfillRequest request;
    request.dates = dates;
    TIPOFF_TRY(const auto report, backfill.run(request));
    narrator.say(
        fmt::format("conformed, folded into features, forecast and graded: {} player games, {} "
                    "forecasts, {} merges",
                    report.player_games, report.forecasts, report.merges));
    return {};
}

/// Every day from `from` to `to`.
std::vector<GameDate> days_between_both(GameDate from, GameDate to) {
    std::vector<GameDate> days;
    for (GameDate day = from; day <= to; day = day.plus_days(1))
        days.push_back(day);
    return days;
}

/// Half a season as it lies behind, then what is known of tonight by its noon.
Status collect_season(store::Home& home, league::SimulatedSeason season, std::uint64_t seed,
                      ledger::Ledger& ledger, GameDate opening_night, Narrator& narrator) {
    const GameDate tonight = kPlayedThrough.plus_days(1);
    const Instant before_dawn = eastern_instant(tonight, {.hour = 4, .minute = 0, .second = 0});
    const Instant noon = eastern_instant(tonight, {.hour = 12, .minute = 0, .second = 0});
    TIPOFF_TRY(const auto league,
               DemoLeague::open(std::move(season), seed, before_dawn, home, ledger));
    const auto played = days_between_both(opening_night, kPlayedThrough);
    TIPOFF_CHECK(league->collect({"nbac_schedule", "nbac_player_list", "nbac_player_boxscore",
                                  "nbac_team_boxscore", "nbac_play_by_play"},
                                 played));
    narrator.say(
        fmt::format("collected over loopback HTTP, in turn and archived: {} requests, {} "
                    "records of schedule, players, box scores and plays",
                    league->requests(), league->records()));
    TIPOFF_CHECK(league->collect(
        {"oddsapi_events", "oddsapi_game_lines", "oddsapi_player_props", "nbac_injury_report"},
        played));
    league->go_to(noon);
    TIPOFF_CHECK(league->collect({"nbac_schedule", "nbac_player_list", "nbac_injury_report",
                                  "oddsapi_events", "oddsapi_game_lines", "oddsapi_player_props"},
                                 {tonight}));
    narrator.say(
        fmt::format("lines, injury reports, and tonight's as of noon: {} requests, {} "
                    "records, {} merges in all",
                    league->requests(), league->records(), league->merges()));
    return {};
}

Expected<ExitCode> run(const DemoOptions& options, const Context& context) {
    TIPOFF_TRY(const DemoHome home_folder, DemoHome::make(options.keep));
    Narrator narrator(context.clock());
    print(
        "SIMULATED LEAGUE: fictional players, real rules. Nothing here is about a real "
        "person.\n\n");

    league::LeagueOptions league;
    league.season = Season::starting_in(kSeason);
    league.seed = context.settings().seed.value_or(kSeed);
    TIPOFF_TRY(auto season, league::simulate(league));
    narrator.say(fmt::format("season {} simulated; it is {} there, and its upstreams answer",
                             to_string(league.season), to_string(kPlayedThrough.plus_days(1))));

    TIPOFF_TRY(const auto home, context.open_home(home_folder.folder(), store::Access::kReadWrite));
    store::Database& database = home->database();
    ledger::Ledger ledger(database, context.clock());
    const GameDate first = league::season_days(league.season).opening_night;
    const GameDate tonight = kPlayedThrough.plus_days(1);
    TIPOFF_CHECK(collect_season(*home, std::move(season), league.seed, ledger, first, narrator));
    TIPOFF_CHECK(train_forecast_and_grade(*home, context, {first, tonight}, narrator));

    print("\n");
    grade::GradeRequest graded;
    graded.dates = {kTrainedThrough.plus_days(1), kPlayedThrough};
    TIPOFF_TRY(const auto report, grade::grade_report(database, graded));
    print_grade_table(report, false);

    TIPOFF_TRY(const auto coverage, operate::coverage(database, {.dates = {tonight, tonight}}));
    print(fmt::format("\nTonight, {}: {} players expected, {} predicted, {} gaps\n\n",
                      to_string(tonight), coverage.expected, coverage.predicted,
                      coverage.gaps.size()));
    operate::BoardRequest board_request;
    board_request.date = tonight;
    board_request.best_price = true;
    TIPOFF_TRY(operate::Board board, operate::board(database, board_request));
    std::erase_if(board.rows, [](const operate::BoardRow& row) { return !row.book; });
    print_board_table(board, kBoardRows);

    print(options.keep ? fmt::format("\nThe home is kept: try  tipoff --home {} sql \"SELECT * "
                                     "FROM predictions.pick LIMIT 5\"\n",
                                     home_folder.folder().string())
                       : std::string("\nNext:  tipoff demo --keep DIR          the same, and the "
                                     "home stays for you to look around in\n"
                                     "       tipoff import PATH              your own box scores, "
                                     "schedules, shots and lines\n"
                                     "       tipoff --help                   everything else\n"));
    return ExitCode::kDone;
}

}  // namespace

void add_demo_command(CommandLine& commands) {
    const auto options = std::make_shared<DemoOptions>();
    commands
        .command(
            {.name = "demo",
             .summary = "A simulated season, forecast and graded, and tonight's board",
             .description = "Half a season of the simulated league is collected over HTTP from "
                            "upstreams on this machine, and goes through the same collectors, "
                            "training, features, forecasts and grades as real data, in a temporary "
                            "home.",
             .examples = {{{"demo", "The whole in less than a minute."},
                           {"demo --keep /tmp/demo-home", "And the home stays."}}}},
            HomeUse::kNone, [options](Context& context) { return run(*options, context); })
        .text("--keep", options->keep, "Folder for the home, which then stays");
}

}  // namespace tipoff::cli
