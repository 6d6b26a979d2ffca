#include "conform/injury_reports.h"

#include <algorithm>
#include <map>
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

std::int32_t ordinal_of(const collect::InjuryReport& report) {
    const GameDate date = eastern_date(report.reported_at);
    const auto since = report.reported_at - eastern_instant(date, {});
    return kAfterTransactions +
           static_cast<std::int32_t>(std::chrono::floor<std::chrono::seconds>(since).count());
}

collect::InjuryTransaction transaction_of(const collect::InjuryReport& report, PlayerId player,
                                          const std::string& name, bool returned) {
    return {.source = report.source,
            .transaction_date = eastern_date(report.reported_at),
            .team_id = report.team_id,
            .ordinal = ordinal_of(report),
            .player_name = name,
            .player_id = player,
            .returned = returned,
            .notes = report.reason.empty() ? report.status : report.status + ": " + report.reason,
            .known_at = report.known_at,
            .known_at_basis = report.known_at_basis,
            .document_hash = report.document_hash};
}

}  // namespace

std::vector<collect::InjuryTransaction> transactions_of_reports(
    std::span<const collect::InjuryReport> reports) {
    std::set<std::pair<TeamId, GameDate>> league_reported;
    std::vector<const collect::InjuryReport*> sorted;
    for (const collect::InjuryReport& report : reports) {
        if (report.source == kLeagueReport)
            league_reported.emplace(report.team_id, eastern_date(report.reported_at));
    }
    for (const collect::InjuryReport& report : reports) {
        const bool is_second =
            report.source != kLeagueReport &&
            league_reported.contains({report.team_id, eastern_date(report.reported_at)});
        if (!is_second) sorted.push_back(&report);
    }
    std::ranges::sort(sorted, {}, [](const collect::InjuryReport* report) {
        return std::tie(report->reported_at, report->source, report->team_id, report->game_date,
                        report->folded_name);
    });

    std::vector<collect::InjuryTransaction> transactions;
    std::map<TeamId, std::map<PlayerId, std::string>> out;  // by the reports so far
    for (std::size_t begin = 0; begin < sorted.size();) {
        const collect::InjuryReport& first = *sorted[begin];
        std::size_t end = begin;
        std::set<PlayerId> listed;
        auto& out_of_team = out[first.team_id];
        for (; end < sorted.size() && sorted[end]->reported_at == first.reported_at &&
               sorted[end]->source == first.source && sorted[end]->team_id == first.team_id;
             ++end) {
            const collect::InjuryReport& report = *sorted[end];
            // Of two games in two days the next one counts.
            if (!report.player_id || report.game_date != first.game_date) continue;
            listed.insert(*report.player_id);
            transactions.push_back(
                transaction_of(report, *report.player_id, report.player_name, !is_out(report)));
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
            collect::InjuryReport unlisted = first;
            unlisted.status = "no longer listed";
            unlisted.reason.clear();
            transactions.push_back(transaction_of(unlisted, player->first, player->second, true));
            player = out_of_team.erase(player);
        }
        begin = end;
    }
    return transactions;
}

}  // namespace tipoff::conform
