#include "operate/data_dictionary.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "operate/catalogue.h"
#include "operate/watched_tables.h"

namespace tipoff::operate {
namespace {

using TableWriter = std::pair<std::string_view, std::string_view>;

constexpr std::array kWriters{
    TableWriter{"analytics.game", "conform"},
    TableWriter{"analytics.player_game_summary", "conform"},
    TableWriter{"analytics.team_defense_game_summary", "conform"},
    TableWriter{"analytics.team_offense_game_summary", "conform"},
    TableWriter{"analytics.upcoming_player_game_context", "conform"},
    TableWriter{"analytics.upcoming_team_game_context", "conform"},
    TableWriter{"features.feature_store", "features"},
    TableWriter{"features.player_composite_factors", "features"},
    TableWriter{"features.player_daily_cache", "features"},
    TableWriter{"features.player_shot_zone_analysis", "features"},
    TableWriter{"features.team_defense_zone_analysis", "features"},
    TableWriter{"ops.alert", "whoever finds what is wrong; told by the delivery"},
    TableWriter{"ops.alert_channel", "the delivery of messages"},
    TableWriter{"ops.alert_notice", "whoever finds what is wrong; told by the delivery"},
    TableWriter{"ops.batch", "the coordinator of batches"},
    TableWriter{"ops.expectation", "forecasts"},
    TableWriter{"ops.input_change", "every step that changes a stated table"},
    TableWriter{"ops.leader", "the services of a database"},
    TableWriter{"ops.migration", "whoever first opens the home for writing"},
    TableWriter{"ops.outbox", "whoever finds what is wrong; sent by the delivery"},
    TableWriter{"ops.run", "every step, and the controller that plans them"},
    TableWriter{"ops.schedule_decision", "the controller"},
    TableWriter{"ops.schedule_state", "the controller; tipoff schedule pause and resume"},
    TableWriter{"ops.source_breaker", "collect"},
    TableWriter{"ops.source_quota", "collect"},
    TableWriter{"ops.token", "tipoff token"},
    TableWriter{"ops.work_item", "the coordinator of batches"},
    TableWriter{"predictions.batch_summary", "forecasts"},
    TableWriter{"predictions.model", "train"},
    TableWriter{"predictions.pick", "forecasts"},
    TableWriter{"predictions.player_prop_prediction", "forecasts"},
    TableWriter{"predictions.prediction_accuracy", "grades"},
    TableWriter{"predictions.system_performance", "grades"},
    TableWriter{"raw.active_player", "collect"},
    TableWriter{"raw.br_roster", "collect"},
    TableWriter{"raw.document", "import, collect"},
    TableWriter{"raw.espn_roster", "collect"},
    TableWriter{"raw.game_line", "import, collect"},
    TableWriter{"raw.inactive_player", "collect"},
    TableWriter{"raw.injury_report", "collect"},
    TableWriter{"raw.injury_transaction", "import"},
    TableWriter{"raw.note", "note"},
    TableWriter{"raw.play_by_play", "collect"},
    TableWriter{"raw.player_box", "import, collect"},
    TableWriter{"raw.position", "import"},
    TableWriter{"raw.prop_line", "import, collect"},
    TableWriter{"raw.rejected_row", "import"},
    TableWriter{"raw.schedule", "import, collect"},
    TableWriter{"raw.shot", "import, collect"},
    TableWriter{"raw.standings", "collect"},
    TableWriter{"raw.team_box", "import, collect"},
    TableWriter{"ref.game_alias", "collect"},
    TableWriter{"ref.player", "import, collect"},
    TableWriter{"ref.player_alias", "import, collect, names"},
    TableWriter{"ref.player_source_id", "collect"},
    TableWriter{"ref.team", "import, collect"},
    TableWriter{"ref.unresolved_name", "import, collect; emptied by names"},
};

/// "|" would end a cell.
std::string cell(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '|') escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string_view role_of(const store::ColumnSpec& column) {
    if (column.is_key) return "key";
    if (!column.in_digest) return column.nullable ? "bookkeeping, may be NULL" : "bookkeeping";
    return column.nullable ? "may be NULL" : "";
}

/// The meaning and, of a column whose declaration ends by one, its unit.
std::pair<std::string, std::string> meaning_and_unit(std::string_view doc) {
    constexpr std::string_view kUnit = " Unit: ";
    const auto at = doc.rfind(kUnit);
    if (at == std::string_view::npos || !doc.ends_with('.')) return {std::string(doc), ""};
    std::string_view unit = doc.substr(at + kUnit.size());
    unit.remove_suffix(1);
    return {std::string(doc.substr(0, at)), std::string(unit)};
}

std::string grain_of(const store::TableSpec& table) {
    std::string grain;
    for (const std::size_t key : table.key_columns())
        grain += fmt::format("{}`{}`", grain.empty() ? "" : ", ", table.columns[key].name);
    return grain;
}

/// ", of espn_rosters": the sources that fill a collected table, where that is watched.
std::string sources_of(const store::TableSpec& table) {
    const WatchedTable* watched = find_watched(table.qualified_name());
    if (watched == nullptr || watched->sources.empty()) return "";
    std::string names;
    for (const std::string_view source : watched->sources)
        names += fmt::format("{}`{}`", names.empty() ? "" : ", ", source);
    return fmt::format(" (of {})", names);
}

std::string section_of(const store::TableSpec& table) {
    std::string page = fmt::format(
        "\n### {}\n\n{}\n\nOne row a {}. Written by: {}{}.\n\n"
        "| column | type | unit | | meaning |\n|---|---|---|---|---|\n",
        table.qualified_name(), table.doc, grain_of(table), writers_of(table), sources_of(table));
    for (const auto& column : table.columns) {
        const auto [meaning, unit] = meaning_and_unit(column.doc);
        page += fmt::format("| `{}` | {} | {} | {} | {} |\n", column.name, sql_name(column.type),
                            unit, role_of(column), cell(meaning));
    }
    return page;
}

}  // namespace

std::string_view writers_of(const store::TableSpec& table) {
    const std::string name = table.qualified_name();
    const auto found = std::ranges::find(kWriters, name, &TableWriter::first);
    require(found != kWriters.end(), "a table that nobody is said to write");
    return found->second;
}

std::string table_page() {
    std::string page =
        "# Data dictionary\n\nMade by `tipoff schema --tables` from the declarations in the "
        "source; a test keeps the two the same. Instants are UTC; `game_date`\n"
        "is the league's day in America/New_York. Bookkeeping tells how a row came to be (run ids, "
        "clocks) and is left out of the digests by which two databases\n"
        "are compared. Features have a page [of their own](features.md), with ranges and origins. "
        "Writers are steps as `tipoff runs list` shows them; beside\n"
        "them `tipoff rebuild` fills `raw` and `ref` again from the archive.\n";
    std::string schema;
    for (const store::TableSpec* table : catalogue()) {
        if (table->schema != schema) page += fmt::format("\n## {}\n", table->schema);
        schema = table->schema;
        page += section_of(*table);
    }
    return page;
}

}  // namespace tipoff::operate
