#include "operate/schedule.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace tipoff::operate {
namespace {

constexpr std::chrono::microseconds kInstantStep{1};

struct Span {
    Instant first{};
    Instant last{};
};

/// What there is to say of a job's logical times.
struct Outlook {
    std::vector<LogicalTime> to_run;    ///< ascending
    std::optional<Span> missed;         ///< that will not run
    std::optional<LogicalTime> newest;  ///< that has come, whether or not it ran
    std::optional<Instant> next;
};

/// The logical times up to this one are settled.
Instant floor_of(const JobState& state) {
    return std::max(state.last_logical_time.value_or(state.first_seen_at), state.first_seen_at);
}

bool is_on_time(Instant at, Instant now) { return now - at <= kOnTime; }

/// Whether a logical time that has come may still run.
bool may_run(const Job& job, const LogicalTime& time, Instant now) {
    if (time.good_until && now > *time.good_until) return false;
    return is_on_time(time.at, now) || now - time.at <= job.catch_up_within;
}

Outlook outlook_of(const Job& job, const Cron& cron, Instant floor, Instant now) {
    Outlook outlook;
    outlook.next = cron.next_after(now);
    const auto newest = cron.last_at_or_before(now);
    if (!newest) return outlook;
    outlook.newest = LogicalTime{.at = *newest};
    if (*newest <= floor) return outlook;
    if (job.catch_up == CatchUp::kAll) {
        const auto oldest = now - std::max<std::chrono::seconds>(job.catch_up_within, kOnTime);
        auto time = cron.next_after(std::max(floor, oldest - kInstantStep));
        for (; time && *time <= now && outlook.to_run.size() < kMostDueAtOnce;
             time = cron.next_after(*time))
            outlook.to_run.push_back({.at = *time});
    } else if (may_run(job, *outlook.newest, now)) {
        outlook.to_run.push_back(*outlook.newest);
    }
    const Instant settled = outlook.to_run.empty() ? now : outlook.to_run.front().at - kInstantStep;
    const auto first = cron.next_after(floor);
    const auto last = cron.last_at_or_before(settled);
    if (first && last && *last > floor) outlook.missed = Span{*first, *last};
    return outlook;
}

/// Of a game date's windows the newest stands for those before it.
Outlook outlook_of(const Job& job, std::span<const LogicalTime> times, Instant floor, Instant now) {
    Outlook outlook;
    std::vector<LogicalTime> come;
    for (const LogicalTime& time : times) {
        if (time.at > now) {
            if (time.is_needed && !outlook.next) outlook.next = time.at;
            continue;
        }
        outlook.newest = time;
        if (time.at > floor && time.is_needed) come.push_back(time);
    }
    for (std::size_t i = 0; i < come.size(); ++i) {
        const bool is_last = i + 1 == come.size();
        const bool is_newest_of_date = is_last || come[i].game_date != come[i + 1].game_date;
        const bool is_chosen = job.catch_up == CatchUp::kAll ? is_newest_of_date : is_last;
        if (is_chosen && may_run(job, come[i], now)) {
            outlook.to_run.push_back(come[i]);
        } else {
            outlook.missed = Span{outlook.missed ? outlook.missed->first : come[i].at, come[i].at};
        }
    }
    return outlook;
}

/// The windows of a job, and what is to be said of the games behind them.
class GameView {
public:
    GameView(const Job& job, const ScheduleInputs& inputs) : inputs_(inputs) {
        if (const auto* before = std::get_if<BeforeGames>(&job.trigger)) {
            before_ = before;
            times_ = logical_times(*before, inputs.games);
        } else {
            times_ = logical_times(std::get<AfterGames>(job.trigger), inputs.games);
        }
    }

    [[nodiscard]] std::span<const LogicalTime> times() const { return times_; }

    [[nodiscard]] std::size_t games_on(GameDate date) const {
        return static_cast<std::size_t>(std::ranges::count_if(
            inputs_.games, [&](const KnownGame& game) { return counts(game, date); }));
    }

    /// Whether more windows of the date are to come, by what is known now.
    [[nodiscard]] bool has_window_after(Instant at, GameDate date) const {
        return std::ranges::any_of(times_, [&](const LogicalTime& time) {
            return time.at > at && time.game_date == date && time.is_needed;
        });
    }

    /// "7 games on 2026-11-27, the first at 2026-11-27 19:00 ET"; after games, how many are done.
    [[nodiscard]] std::string about(GameDate date) const {
        std::size_t all = 0;
        std::size_t open = 0;
        std::optional<Instant> first;
        for (const KnownGame& game : inputs_.games) {
            if (!counts(game, date)) continue;
            ++all;
            open += game.is_done() ? 0 : 1;
            first = std::min(first.value_or(game.tip_off), game.tip_off);
        }
        const std::string games = fmt::format("{} game{}", all, all == 1 ? "" : "s");
        if (before_ != nullptr || !first) {
            return fmt::format("{} on {}{}", games, to_string(date),
                               first ? ", the first at " + to_eastern_string(*first) : "");
        }
        return open == 0 ? fmt::format("{} of {}: final, with box scores", games, to_string(date))
                         : fmt::format("{} of {}: {} not yet final with box scores", games,
                                       to_string(date), open);
    }

    [[nodiscard]] std::string no_games_on(GameDate date) const {
        return before_ != nullptr && before_->before_hour
                   ? fmt::format("no game of {} tips off before {}:00", to_string(date),
                                 *before_->before_hour)
                   : fmt::format("no games on {}", to_string(date));
    }

private:
    [[nodiscard]] bool counts(const KnownGame& game, GameDate date) const {
        return game.game_date == date && (before_ == nullptr || counts_for(*before_, game));
    }

    const ScheduleInputs& inputs_;
    const BeforeGames* before_ = nullptr;
    std::vector<LogicalTime> times_;
};

std::string policy_words(const Job& job) {
    if (job.catch_up == CatchUp::kNone) return "catch_up: none";
    return fmt::format("catch_up: {} within {}", to_string(job.catch_up),
                       to_words(job.catch_up_within));
}

Decision due(const Job& job, const LogicalTime& time, const std::optional<GameView>& games,
             const Outlook& outlook, Instant now) {
    const bool on_time = is_on_time(time.at, now);
    const std::string because =
        games && time.game_date ? games->about(*time.game_date) : to_string(job.trigger);
    Decision decision{.job = job.name,
                      .logical_time = time.at,
                      .game_date = time.game_date,
                      .verdict = Verdict::kDue,
                      .why = fmt::format("{}, {}", to_eastern_string(time.at), because),
                      .tasks = tasks_of(job, time.at, time.game_date),
                      .next = outlook.next,
                      .deadline = time.at + job.give_up_after};
    if (!on_time) decision.why += fmt::format("; was missed ({})", policy_words(job));
    // What is begun late has its time from now on.
    if (!on_time || decision.deadline <= now) decision.deadline = now + job.give_up_after;
    if (time.good_until) decision.deadline = std::min(decision.deadline, *time.good_until);
    return decision;
}

Decision missed(const Job& job, const Span& span, const Outlook& outlook) {
    std::string when = to_eastern_string(span.last);
    if (span.first != span.last)
        when = fmt::format("from {} to {}", to_eastern_string(span.first), when);
    return {.job = job.name,
            .logical_time = span.last,
            .game_date = std::nullopt,
            .verdict = Verdict::kMissed,
            .why = fmt::format("{} passed without a run ({}{})", when, policy_words(job),
                               outlook.to_run.empty() ? "" : "; a later one stands for it"),
            .tasks = {},
            .next = outlook.next,
            .deadline = {}};
}

/// Why there is nothing to do.
Decision idle(const Job& job, const Outlook& outlook, const std::optional<GameView>& games,
              const JobState& state, Instant now) {
    const bool ran = outlook.newest && state.last_logical_time >= outlook.newest->at;
    Decision decision{.job = job.name,
                      .logical_time = std::nullopt,
                      .game_date = std::nullopt,
                      .verdict = ran ? Verdict::kAlreadyRan : Verdict::kNotDue,
                      .why = {},
                      .tasks = {},
                      .next = outlook.next,
                      .deadline = {}};
    const GameDate today = eastern_date(now);
    // In the small hours the night that counts is the one before, as long as it goes on.
    const auto night = outlook.newest ? outlook.newest->game_date : std::nullopt;
    const bool goes_on = games && night && games->has_window_after(now, *night);
    if (games && !goes_on && games->games_on(today) == 0) {
        decision.verdict = Verdict::kNoGames;
        decision.why = games->no_games_on(today);
        return decision;
    }
    if (ran) {
        decision.logical_time = outlook.newest->at;
        decision.game_date = outlook.newest->game_date;
        decision.why = "ran for " + to_eastern_string(outlook.newest->at);
    } else if (outlook.next) {
        decision.why = "next at " + to_eastern_string(*outlook.next);
    } else {
        decision.why = "no logical time is known to come";
    }
    if (games) decision.why += "; " + games->about(goes_on ? night.value_or(today) : today);
    return decision;
}

void decide_on(const Job& job, std::string_view file_name, const ScheduleInputs& inputs,
               std::vector<Decision>& decisions) {
    const auto known = inputs.states.find(job.name);
    JobState state;
    state.first_seen_at = inputs.now;
    if (known != inputs.states.end()) state = known->second;

    std::optional<GameView> games;
    if (is_aware_of_games(job.trigger)) games.emplace(job, inputs);
    const Instant floor = floor_of(state);
    const Outlook outlook = games ? outlook_of(job, games->times(), floor, inputs.now)
                                  : outlook_of(job, std::get<Cron>(job.trigger), floor, inputs.now);

    if (!job.enabled || state.paused) {
        decisions.push_back(
            {.job = job.name,
             .logical_time = std::nullopt,
             .game_date = std::nullopt,
             .verdict = job.enabled ? Verdict::kPaused : Verdict::kDisabled,
             .why = job.enabled
                        ? fmt::format(
                              "paused by {}{}", state.paused_by,
                              state.paused_at ? " at " + to_eastern_string(*state.paused_at) : "")
                        : fmt::format("enabled: false in {}", file_name),
             .tasks = {},
             .next = outlook.next,
             .deadline = {}});
        return;
    }
    if (outlook.missed) decisions.push_back(missed(job, *outlook.missed, outlook));
    for (const LogicalTime& time : outlook.to_run)
        decisions.push_back(due(job, time, games, outlook, inputs.now));
    if (!outlook.missed && outlook.to_run.empty())
        decisions.push_back(idle(job, outlook, games, state, inputs.now));
}

}  // namespace

std::string_view to_string(Verdict verdict) {
    switch (verdict) {
        case Verdict::kDue: return "due";
        case Verdict::kNotDue: return "not_due";
        case Verdict::kPaused: return "paused";
        case Verdict::kDisabled: return "disabled";
        case Verdict::kAlreadyRan: return "already_ran";
        case Verdict::kMissed: return "missed";
        case Verdict::kNoGames: return "no_games";
    }
    throw InvariantBroken("a Verdict without a name");
}

std::vector<Decision> decide(const Workflows& workflows, const ScheduleInputs& inputs) {
    std::vector<Decision> decisions;
    for (const Job& job : workflows.jobs)
        decide_on(job, workflows.file_name, inputs, decisions);
    return decisions;
}

std::chrono::seconds longest_catch_up(const Workflows& workflows) {
    std::chrono::seconds longest = kOnTime;
    for (const Job& job : workflows.jobs)
        longest = std::max(longest, job.catch_up_within);
    return longest;
}

}  // namespace tipoff::operate
