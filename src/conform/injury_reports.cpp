#include "conform/injury_reports.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace tipoff::conform {
namespace {

constexpr std::string_view kLeagueReport = "nbac_injury_report";

/// Above every ordinal of a list of transactions; reports of a day then go by their time.
constexpr std::int32_t kAfterTransactions = 1'000'000;

bool is_out(const collect::InjuryReport& report) {
    return report.status == "out" || report.status == "doubtful";
}

/// A row and its place in time among the others.
struct Statement {
    const collect::InjuryReport* report;
    Instant place;

    /// Of one answer or report about one team.
    [[nodiscard]] auto group() const {
        return std::tie(place, report->reported_at, report->source, report->team_id);
    }
};

std::int32_t ordinal_of(Instant place) {
    const auto since = place - eastern_instant(eastern_date(place), {});
    return kAfterTransactions +
           static_cast<std::int32_t>(std::chrono::floor<std::chrono::seconds>(since).count());
}

collect::InjuryTransaction transaction_of(const Statement& statement, PlayerId player,
                                          const std::string& name, bool returned,
                                          std::string notes) {
    const collect::InjuryReport& report = *statement.report;
    return {.source = report.source,
            .transaction_date = eastern_date(statement.place),
            .team_id = report.team_id,
            .ordinal = ordinal_of(statement.place),
            .player_name = name,
            .player_id = player,
            .returned = returned,
            .notes = std::move(notes),
            .known_at = report.known_at,
            .known_at_basis = report.known_at_basis,
            .document_hash = report.document_hash};
}

std::string notes_of(const collect::InjuryReport& report) {
    return report.reason.empty() ? report.status : report.status + ": " + report.reason;
}

/// The league's reports of teams and days, of each the one that was known first.
class LeagueReports {
public:
    explicit LeagueReports(std::span<const collect::InjuryReport> reports) {
        for (const collect::InjuryReport& report : reports) {
            if (report.source != kLeagueReport) continue;
            auto& first = first_[{report.team_id, eastern_date(report.reported_at)}];
            const auto order = [](const collect::InjuryReport* row) {
                return std::tie(row->known_at, row->reported_at);
            };
            if (first == nullptr || order(&report) < order(first)) first = &report;
        }
    }

    /// Where the row stands; nothing for one that is hidden from the instant it is known. What was
    /// known before the league's report stands before it, whatever time it bears.
    [[nodiscard]] std::optional<Statement> place(const collect::InjuryReport& report) const {
        const auto found = first_.find({report.team_id, eastern_date(report.reported_at)});
        if (report.source == kLeagueReport || found == first_.end())
            return Statement{&report, report.reported_at};
        const collect::InjuryReport& league = *found->second;
        if (league.known_at <= report.known_at) return std::nullopt;
        const Instant before = league.reported_at - std::chrono::seconds{1};
        return Statement{&report, std::min(report.reported_at, before)};
    }

private:
    std::map<std::pair<TeamId, GameDate>, const collect::InjuryReport*> first_;
};

}  // namespace

std::vector<collect::InjuryTransaction> transactions_of_reports(
    std::span<const collect::InjuryReport> reports) {
    const LeagueReports league(reports);
    std::vector<Statement> sorted;
    for (const collect::InjuryReport& report : reports) {
        if (const auto statement = league.place(report)) sorted.push_back(*statement);
    }
    std::ranges::sort(sorted, {}, [](const Statement& statement) {
        return std::tuple_cat(statement.group(),
                              std::tie(statement.report->game_date, statement.report->folded_name));
    });

    std::vector<collect::InjuryTransaction> transactions;
    std::map<TeamId, std::map<PlayerId, std::string>> out;  // by the reports so far
    for (std::size_t begin = 0; begin < sorted.size();) {
        const Statement& first = sorted[begin];
        std::size_t end = begin;
        std::set<PlayerId> listed;
        auto& out_of_team = out[first.report->team_id];
        for (; end < sorted.size() && sorted[end].group() == first.group(); ++end) {
            const collect::InjuryReport& report = *sorted[end].report;
            // Of two games in two days the next one counts.
            if (!report.player_id || report.game_date != first.report->game_date) continue;
            listed.insert(*report.player_id);
            transactions.push_back(transaction_of(sorted[end], *report.player_id,
                                                  report.player_name, !is_out(report),
                                                  notes_of(report)));
            if (is_out(report)) {
                out_of_team[*report.player_id] = report.player_name;
            } else {
                out_of_team.erase(*report.player_id);
            }
        }
        for (auto player = out_of_team.begin(); player != out_of_team.end();) {
            if (listed.contains(player->first)) {
                ++player;
                continue;
            }
            transactions.push_back(
                transaction_of(first, player->first, player->second, true, "no longer listed"));
            player = out_of_team.erase(player);
        }
        begin = end;
    }
    return transactions;
}

}  // namespace tipoff::conform
