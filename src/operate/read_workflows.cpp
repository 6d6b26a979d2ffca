/// The workflows file in YAML, read and checked.

#include <fmt/core.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/hash.h"
#include "base/parse.h"
#include "collect/source.h"
#include "operate/backfill.h"
#include "operate/workflows.h"

namespace tipoff::operate {
namespace {

constexpr std::size_t kLongestFile = 1 << 20;
constexpr std::size_t kVersionLength = 12;
constexpr std::chrono::seconds kLongestDuration = std::chrono::days{60};
constexpr std::chrono::seconds kShortestPeriod = std::chrono::minutes{1};
constexpr std::chrono::seconds kUsualCatchUp = std::chrono::hours{24};
constexpr std::chrono::seconds kUsualDeadline = std::chrono::hours{6};

/// Some instant before which no expression need have come.
constexpr Instant kBeforeAll{};

using Keys = std::map<std::string, YAML::Node>;
using Words = std::initializer_list<std::string_view>;

std::string listed(Words words) {
    std::string text;
    for (const std::string_view word : words)
        text.append(text.empty() ? "" : ", ").append(word);
    return text;
}

/// The enumerator whose word it is.
template <class Kind, std::size_t Size>
std::optional<Kind> kind_of(const std::array<Kind, Size>& all, std::string_view word) {
    const auto found = std::ranges::find(all, word, [](Kind one) { return to_string(one); });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

class Reader {
public:
    explicit Reader(std::string_view file_name) : file_name_(file_name) {}

    Status read(const YAML::Node& root, Workflows& workflows);

    [[nodiscard]] std::unexpected<Error> fault(const YAML::Mark& mark,
                                               std::string_view what) const {
        return fail(ErrorCode::kInvalidInput,
                    fmt::format("{}:{}:{}: {}", file_name_, std::max(mark.line, 0) + 1,
                                std::max(mark.column, 0) + 1, what));
    }

private:
    Expected<std::vector<Market>> markets(const YAML::Node& node);
    Expected<Job> job(const YAML::Node& node);
    Expected<Trigger> trigger(const Keys& keys, const YAML::Node& job);
    Expected<Trigger> before_games(const YAML::Node& node, bool early);
    Expected<Trigger> after_games(const YAML::Node& node);
    Status catch_up(const Keys& keys, Job& job);
    Status add_tasks(const YAML::Node& node, Job& job);
    Status add_task(const YAML::Node& node, Job& job);
    Status add_names(const YAML::Node& node, TaskRule rule, Job& job);
    Expected<std::string> checked_name(const YAML::Node& node, TaskKind kind);
    Expected<TaskDay> task_day(const YAML::Node& node, const Job& job);
    Status take_name(const YAML::Node& node, std::string& name);

    [[nodiscard]] std::unexpected<Error> fault(const YAML::Node& node,
                                               std::string_view what) const {
        return fault(node.Mark(), what);
    }
    Expected<Keys> keys_of(const YAML::Node& node, std::string_view what, Words known) const;
    [[nodiscard]] Expected<std::string> text(const YAML::Node& node, std::string_view key) const;
    [[nodiscard]] Expected<std::chrono::seconds> duration(const YAML::Node& node,
                                                          std::string_view key) const;
    [[nodiscard]] Expected<std::chrono::seconds> period(const YAML::Node& node) const;

    std::string file_name_;
    std::set<std::string> names_;  ///< of jobs so far, aliases among them
};

/// The keys of a map, each known and there once.
Expected<Keys> Reader::keys_of(const YAML::Node& node, std::string_view what, Words known) const {
    if (!node.IsMap()) {
        return fault(node,
                     fmt::format("{} has keys and values; its keys are {}", what, listed(known)));
    }
    Keys keys;
    for (const auto& entry : node) {
        if (!entry.first.IsScalar()) return fault(entry.first, "a key is one word");
        const std::string key = entry.first.Scalar();
        if (std::ranges::find(known, key) == known.end()) {
            return fault(entry.first,
                         fmt::format("the key '{}' of {} is not known; it is one of {}", key, what,
                                     listed(known)));
        }
        if (!keys.emplace(key, entry.second).second)
            return fault(entry.first, fmt::format("the key '{}' is there twice", key));
    }
    return keys;
}

Expected<std::string> Reader::text(const YAML::Node& node, std::string_view key) const {
    if (!node.IsScalar() || node.Scalar().empty())
        return fault(node, fmt::format("'{}' needs one value", key));
    return node.Scalar();
}

Expected<std::chrono::seconds> Reader::duration(const YAML::Node& node,
                                                std::string_view key) const {
    TIPOFF_TRY(const std::string written, text(node, key));
    const auto duration = parse_duration(written);
    if (!duration || *duration > kLongestDuration) {
        return fault(node, fmt::format("{}: '{}' is not a duration such as 45m, 2h30m or 7d, of at "
                                       "most {}",
                                       key, written, to_words(kLongestDuration)));
    }
    return *duration;
}

Expected<std::chrono::seconds> Reader::period(const YAML::Node& node) const {
    TIPOFF_TRY(const auto period, duration(node, "every"));
    if (period < kShortestPeriod)
        return fault(node, fmt::format("every: {} at least", to_words(kShortestPeriod)));
    return period;
}

Status Reader::read(const YAML::Node& root, Workflows& workflows) {
    TIPOFF_TRY(const Keys keys, keys_of(root, "the file", {"markets", "jobs"}));
    if (keys.contains("markets")) {
        TIPOFF_TRY(workflows.markets, markets(keys.at("markets")));
    }
    if (!keys.contains("jobs") || !keys.at("jobs").IsSequence() || keys.at("jobs").size() == 0)
        return fault(keys.contains("jobs") ? keys.at("jobs") : root, "'jobs' is a list of jobs");
    for (const YAML::Node& node : keys.at("jobs")) {
        TIPOFF_TRY(Job next, job(node));
        workflows.jobs.push_back(std::move(next));
    }
    return {};
}

Expected<std::vector<Market>> Reader::markets(const YAML::Node& node) {
    if (!node.IsSequence() || node.size() == 0)
        return fault(node, fmt::format("'markets' is a list of: {}", market_names()));
    std::vector<Market> markets;
    for (const YAML::Node& entry : node) {
        TIPOFF_TRY(const std::string name, text(entry, "markets"));
        const auto market = find_market(name);
        if (!market) {
            return fault(entry, fmt::format("there is no market '{}'; it is one of {}", name,
                                            market_names()));
        }
        if (std::ranges::find(markets, *market) != markets.end())
            return fault(entry, fmt::format("the market '{}' is there twice", name));
        markets.push_back(*market);
    }
    return markets;
}

/// A name of a job, which no other one goes by.
Status Reader::take_name(const YAML::Node& node, std::string& name) {
    TIPOFF_TRY(name, text(node, "name"));
    if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string::npos) {
        return fault(node, fmt::format("'{}' is not a name: small letters, digits and _", name));
    }
    if (!names_.insert(name).second)
        return fault(node, fmt::format("two jobs are called '{}'", name));
    return {};
}

Expected<Job> Reader::job(const YAML::Node& node) {
    TIPOFF_TRY(const Keys keys,
               keys_of(node, "a job",
                       {"name", "aliases", "what", "enabled", "cron", "before_games", "early_games",
                        "after_games", "catch_up", "catch_up_within", "give_up_after", "tasks"}));
    for (const char* needed : {"name", "what", "tasks"}) {
        if (!keys.contains(needed)) return fault(node, fmt::format("a job needs '{}'", needed));
    }
    Job job;
    TIPOFF_CHECK(take_name(keys.at("name"), job.name));
    if (keys.contains("aliases")) {
        const YAML::Node& aliases = keys.at("aliases");
        if (!aliases.IsSequence()) return fault(aliases, "'aliases' is a list of names");
        for (const YAML::Node& alias : aliases)
            TIPOFF_CHECK(take_name(alias, job.aliases.emplace_back()));
    }
    TIPOFF_TRY(job.what, text(keys.at("what"), "what"));
    if (keys.contains("enabled") && !YAML::convert<bool>::decode(keys.at("enabled"), job.enabled))
        return fault(keys.at("enabled"), "'enabled' is true or false");
    TIPOFF_TRY(job.trigger, trigger(keys, node));
    TIPOFF_CHECK(catch_up(keys, job));
    job.give_up_after = kUsualDeadline;
    if (keys.contains("give_up_after")) {
        TIPOFF_TRY(job.give_up_after, duration(keys.at("give_up_after"), "give_up_after"));
    }
    TIPOFF_CHECK(add_tasks(keys.at("tasks"), job));
    return job;
}

Expected<Trigger> Reader::trigger(const Keys& keys, const YAML::Node& job) {
    std::string found;
    for (const char* kind : {"cron", "before_games", "early_games", "after_games"}) {
        if (!keys.contains(kind)) continue;
        if (!found.empty()) {
            return fault(keys.at(kind),
                         fmt::format("a job is due by '{}' or by '{}', not by both", found, kind));
        }
        found = kind;
    }
    if (found.empty()) {
        return fault(job,
                     "nothing says when the job is due: cron, before_games, early_games or "
                     "after_games");
    }
    const YAML::Node& node = keys.at(found);
    if (found == "after_games") return after_games(node);
    if (found != "cron") return before_games(node, found == "early_games");
    TIPOFF_TRY(const std::string expression, text(node, "cron"));
    auto cron = Cron::parse(expression);
    if (!cron) return fault(node, "cron: " + cron.error().message());
    if (!cron->next_after(kBeforeAll))
        return fault(node, fmt::format("cron: '{}' never comes", expression));
    return *std::move(cron);
}

Expected<Trigger> Reader::before_games(const YAML::Node& node, bool early) {
    TIPOFF_TRY(const Keys keys,
               early ? keys_of(node, "early_games", {"before_hour", "from", "every", "closing"})
                     : keys_of(node, "before_games", {"from", "every", "closing"}));
    BeforeGames before;
    if (!keys.contains("from")) return fault(node, "'from' says how long before the first tip-off");
    TIPOFF_TRY(before.from, duration(keys.at("from"), "from"));
    if (keys.contains("every")) {
        TIPOFF_TRY(before.every, period(keys.at("every")));
    }
    if (keys.contains("closing")) {
        TIPOFF_TRY(before.closing, duration(keys.at("closing"), "closing"));
    }
    if (!early) return before;
    if (!keys.contains("before_hour"))
        return fault(node, "'before_hour' says which tip-offs are early, such as 17");
    TIPOFF_TRY(const std::string hour, text(keys.at("before_hour"), "before_hour"));
    const auto number = parse_integer(hour);
    if (!number || *number < 1 || *number > 23)
        return fault(keys.at("before_hour"), "before_hour: an hour from 1 to 23, Eastern");
    before.before_hour = static_cast<int>(*number);
    return before;
}

Expected<Trigger> Reader::after_games(const YAML::Node& node) {
    TIPOFF_TRY(const Keys keys, keys_of(node, "after_games", {"after", "every", "until"}));
    for (const char* needed : {"after", "every", "until"}) {
        if (!keys.contains(needed)) return fault(node, fmt::format("'{}' is missing", needed));
    }
    AfterGames windows;
    TIPOFF_TRY(windows.after, duration(keys.at("after"), "after"));
    TIPOFF_TRY(windows.every, period(keys.at("every")));
    TIPOFF_TRY(windows.until, duration(keys.at("until"), "until"));
    if (windows.until < windows.after)
        return fault(keys.at("until"), "windows end after they begin: 'until' is before 'after'");
    return windows;
}

Status Reader::catch_up(const Keys& keys, Job& job) {
    if (keys.contains("catch_up")) {
        const YAML::Node& node = keys.at("catch_up");
        TIPOFF_TRY(const std::string word, text(node, "catch_up"));
        const auto found =
            kind_of(std::array{CatchUp::kNone, CatchUp::kLatest, CatchUp::kAll}, word);
        if (!found)
            return fault(node, fmt::format("catch_up: '{}' is not none, latest or all", word));
        job.catch_up = *found;
    }
    if (job.catch_up != CatchUp::kNone) job.catch_up_within = kUsualCatchUp;
    if (!keys.contains("catch_up_within")) return {};
    const YAML::Node& node = keys.at("catch_up_within");
    if (job.catch_up == CatchUp::kNone)
        return fault(node, "catch_up_within means nothing without catch_up: latest or all");
    TIPOFF_TRY(job.catch_up_within, duration(node, "catch_up_within"));
    return {};
}

Status Reader::add_tasks(const YAML::Node& node, Job& job) {
    if (!node.IsSequence() || node.size() == 0) return fault(node, "'tasks' is a list of tasks");
    for (const YAML::Node& task : node)
        TIPOFF_CHECK(add_task(task, job));
    return {};
}

Status Reader::add_task(const YAML::Node& node, Job& job) {
    Keys keys;
    if (node.IsScalar()) {
        keys.emplace(node.Scalar(), YAML::Node());
    } else {
        TIPOFF_TRY(keys, keys_of(node, "a task",
                                 {"collect", "derive", "grade", "train", "upkeep", "summary",
                                  "test_alerts", "game_date"}));
    }
    TaskRule rule{.kind = {},
                  .name = {},
                  .day = is_aware_of_games(job.trigger) ? TaskDay::kOfTrigger : TaskDay::kToday};
    if (keys.contains("game_date")) {
        TIPOFF_TRY(rule.day, task_day(keys.at("game_date"), job));
        keys.erase("game_date");
    }
    if (keys.size() != 1) {
        return fault(node,
                     "a task does one thing: collect, derive, grade, train, upkeep, summary or "
                     "test_alerts");
    }
    const auto& [action, value] = *keys.begin();
    const auto kind = kind_of(
        std::array{TaskKind::kCollect, TaskKind::kDerive, TaskKind::kGrade, TaskKind::kTrain,
                   TaskKind::kUpkeep, TaskKind::kSummary, TaskKind::kTestAlerts},
        action);
    if (!kind) return fault(node, fmt::format("there is no task '{}'", action));
    rule.kind = *kind;
    if (*kind == TaskKind::kCollect || *kind == TaskKind::kDerive) {
        if (value.IsNull())
            return fault(node, fmt::format("'{}' needs a name, or a list of them", action));
        return add_names(value, std::move(rule), job);
    }
    if (!value.IsNull()) return fault(value, fmt::format("'{}' takes no value", action));
    job.tasks.push_back(std::move(rule));
    return {};
}

/// One source or step, or a list of them: a task each.
Status Reader::add_names(const YAML::Node& node, TaskRule rule, Job& job) {
    if (node.IsScalar()) {
        TIPOFF_TRY(rule.name, checked_name(node, rule.kind));
        job.tasks.push_back(std::move(rule));
        return {};
    }
    if (!node.IsSequence() || node.size() == 0)
        return fault(node,
                     fmt::format("'{}' needs a name, or a list of them", to_string(rule.kind)));
    for (const YAML::Node& name : node) {
        TIPOFF_TRY(rule.name, checked_name(name, rule.kind));
        job.tasks.push_back(rule);
    }
    return {};
}

Expected<std::string> Reader::checked_name(const YAML::Node& node, TaskKind kind) {
    TIPOFF_TRY(std::string name, text(node, to_string(kind)));
    if (kind == TaskKind::kCollect) {
        const collect::Source* source = collect::find_source(name);
        if (source == nullptr) return fault(node, fmt::format("there is no source '{}'", name));
        return std::string(source->name);
    }
    // Grading is a task of its own, since it looks at another day.
    const auto step = parse_step(name);
    if (!step || *step == Step::kGrades) {
        return fault(node,
                     fmt::format("there is no step '{}': conform, features or forecasts", name));
    }
    return name;
}

Expected<TaskDay> Reader::task_day(const YAML::Node& node, const Job& job) {
    TIPOFF_TRY(const std::string word, text(node, "game_date"));
    const auto found = kind_of(
        std::array{TaskDay::kToday, TaskDay::kYesterday, TaskDay::kTomorrow, TaskDay::kOfTrigger},
        word);
    if (!found) {
        return fault(node, fmt::format("game_date: '{}' is not today, yesterday, tomorrow or "
                                       "of_trigger",
                                       word));
    }
    if (*found == TaskDay::kOfTrigger && !is_aware_of_games(job.trigger))
        return fault(node, "game_date: no game makes a cron job due, so it has no of_trigger");
    return *found;
}

}  // namespace

Expected<Workflows> read_workflows(std::string_view text, std::string_view file_name) {
    Reader reader(file_name);
    if (text.size() > kLongestFile) return reader.fault(YAML::Mark(), "longer than a mebibyte");
    Workflows workflows{.file_name = std::string(file_name),
                        .version = to_string(fingerprint_of(text)).substr(0, kVersionLength),
                        .jobs = {}};
    try {
        const std::vector<YAML::Node> documents = YAML::LoadAll(std::string(text));
        if (documents.size() != 1)
            return reader.fault(YAML::Mark(), "one document with the key 'jobs' is wanted");
        TIPOFF_CHECK(reader.read(documents.front(), workflows));
    } catch (const YAML::Exception& error) {
        return reader.fault(error.mark, error.msg);
    }
    return workflows;
}

}  // namespace tipoff::operate
