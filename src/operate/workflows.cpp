#include "operate/workflows.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <utility>

#include "base/parse.h"

namespace tipoff::operate {
namespace {

template <class Kind>
struct Word {
    Kind kind;
    std::string_view word;
};

constexpr std::array kTaskKinds{
    Word{TaskKind::kCollect, "collect"},       Word{TaskKind::kDerive, "derive"},
    Word{TaskKind::kGrade, "grade"},           Word{TaskKind::kTrain, "train"},
    Word{TaskKind::kUpkeep, "upkeep"},         Word{TaskKind::kSummary, "summary"},
    Word{TaskKind::kTestAlerts, "test_alerts"}};

constexpr std::array kTaskDays{
    Word{TaskDay::kToday, "today"}, Word{TaskDay::kYesterday, "yesterday"},
    Word{TaskDay::kTomorrow, "tomorrow"}, Word{TaskDay::kOfTrigger, "of_trigger"}};

constexpr std::array kCatchUps{Word{CatchUp::kNone, "none"}, Word{CatchUp::kLatest, "latest"},
                               Word{CatchUp::kAll, "all"}};

template <class Words, class Kind>
std::string_view word_of(const Words& words, Kind kind) {
    const auto found = std::ranges::find(words, kind, [](const auto& word) { return word.kind; });
    require(found != words.end(), "an enumerator without a word");
    return found->word;
}

struct Unit {
    char letter;
    std::chrono::seconds length;
};
constexpr std::array kUnits{Unit{'d', std::chrono::days{1}}, Unit{'h', std::chrono::hours{1}},
                            Unit{'m', std::chrono::minutes{1}}, Unit{'s', std::chrono::seconds{1}}};

GameDate day_of(TaskDay day, GameDate today, std::optional<GameDate> trigger_date) {
    switch (day) {
        case TaskDay::kToday: return today;
        case TaskDay::kYesterday: return today.plus_days(-1);
        case TaskDay::kTomorrow: return today.plus_days(1);
        case TaskDay::kOfTrigger:
            if (trigger_date) return *trigger_date;
            break;
    }
    throw InvariantBroken("a task of the trigger's date where no game made it due");
}

Expected<std::string> text_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file.is_open() || file.bad())
        return fail(ErrorCode::kIo, fmt::format("{} cannot be read", path.string()));
    return text;
}

}  // namespace

std::string_view to_string(TaskKind kind) { return word_of(kTaskKinds, kind); }
std::string_view to_string(TaskDay day) { return word_of(kTaskDays, day); }
std::string_view to_string(CatchUp catch_up) { return word_of(kCatchUps, catch_up); }

std::string to_string(const Trigger& trigger) {
    if (const auto* cron = std::get_if<Cron>(&trigger)) return "cron " + cron->text();
    if (const auto* windows = std::get_if<AfterGames>(&trigger)) {
        return fmt::format("from {} after the first tip-off every {}, to {} after the last",
                           to_words(windows->after), to_words(windows->every),
                           to_words(windows->until));
    }
    const auto& before = std::get<BeforeGames>(trigger);
    std::string text = fmt::format(
        "{} before the first {}", to_words(before.from),
        before.before_hour ? fmt::format("tip-off before {}:00", *before.before_hour) : "tip-off");
    if (before.every) text += fmt::format(", every {} to the last", to_words(*before.every));
    if (before.closing) text += fmt::format(", and {} before each", to_words(*before.closing));
    return text;
}

const Job* Workflows::find(std::string_view name) const {
    const auto found = std::ranges::find_if(jobs, [name](const Job& job) {
        return job.name == name || std::ranges::find(job.aliases, name) != job.aliases.end();
    });
    return found == jobs.end() ? nullptr : &*found;
}

Expected<Workflows> workflows_of(const std::filesystem::path& home,
                                 const std::optional<std::filesystem::path>& configured) {
    const std::filesystem::path own = configured.value_or(home / "workflows.yaml");
    std::error_code unknown;
    if (!configured && !std::filesystem::exists(own, unknown))
        return read_workflows(default_workflows_text(), "workflows.yaml of the program");
    TIPOFF_TRY(const std::string text, text_of(own));
    return read_workflows(text, own.string());
}

std::vector<Task> tasks_of(const Job& job, Instant logical_time,
                           std::optional<GameDate> trigger_date) {
    const GameDate today = eastern_date(logical_time);
    std::vector<Task> tasks;
    tasks.reserve(job.tasks.size());
    for (const TaskRule& rule : job.tasks)
        tasks.push_back({rule.kind, rule.name, day_of(rule.day, today, trigger_date)});
    return tasks;
}

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
    constexpr std::int64_t kMost = 1'000'000;
    std::chrono::seconds sum{0};
    const Unit* unit = kUnits.begin();
    while (!text.empty()) {
        const auto letter = text.find_first_not_of("0123456789");
        if (letter == std::string_view::npos) return std::nullopt;
        const auto count = parse_integer(text.substr(0, letter));
        // Larger units come first, each once.
        unit = std::find_if(unit, kUnits.end(),
                            [&](const Unit& one) { return one.letter == text[letter]; });
        if (!count || *count > kMost || unit == kUnits.end()) return std::nullopt;
        sum += *count * unit->length;
        ++unit;
        text.remove_prefix(letter + 1);
    }
    if (sum <= std::chrono::seconds{0}) return std::nullopt;
    return sum;
}

std::string to_words(std::chrono::seconds duration) {
    std::string text;
    for (const Unit& unit : kUnits) {
        if (const auto count = duration / unit.length; count > 0) {
            text += fmt::format("{}{}", count, unit.letter);
            duration -= count * unit.length;
        }
    }
    return text.empty() ? "0s" : text;
}

}  // namespace tipoff::operate
