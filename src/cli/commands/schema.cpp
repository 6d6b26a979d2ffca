/// `tipoff schema`: tables, columns and features, from their declarations.

#include <fmt/core.h>

#include <algorithm>

#include "cli/commands/commands.h"
#include "cli/config_keys.h"
#include "cli/context.h"
#include "features/feature_list.h"
#include "operate/catalogue.h"
#include "operate/data_dictionary.h"
#include "store/home.h"

namespace tipoff::cli {
namespace {

struct SchemaOptions {
    std::string table;
    bool sql = false;
    bool tables = false;
    bool features = false;
    bool configuration = false;
    Format format = Format::kTable;
};

std::string grain_of(const store::TableSpec& table) {
    std::string grain;
    for (const std::size_t key : table.key_columns()) {
        if (!grain.empty()) grain += ", ";
        grain += table.columns[key].name;
    }
    return grain;
}

std::string_view nullable_word(const store::ColumnSpec& column) {
    return column.is_key ? "key" : column.nullable ? "may be NULL" : "";
}

Listing all_tables() {
    Listing listing{.columns = {"table", "columns", "key", "meaning"}, .rows = {}};
    for (const store::TableSpec* table : operate::catalogue()) {
        listing.rows.push_back({Cell::text(table->qualified_name()),
                                Cell::integer(static_cast<std::int64_t>(table->columns.size())),
                                Cell::text(grain_of(*table)), Cell::text(table->doc)});
    }
    return listing;
}

Expected<Listing> columns_of(std::string_view name) {
    for (const store::TableSpec* table : operate::catalogue()) {
        if (table->qualified_name() != name && table->name != name) continue;
        Listing listing{.columns = {"column", "type", "null", "meaning"}, .rows = {}};
        for (const auto& column : table->columns) {
            listing.rows.push_back({Cell::text(column.name), Cell::text(sql_name(column.type)),
                                    Cell::text(nullable_word(column)), Cell::text(column.doc)});
        }
        return listing;
    }
    return fail(ErrorCode::kUsage, fmt::format("there is no table '{}'", name),
                "tipoff schema lists them");
}

Expected<ExitCode> run(const SchemaOptions& options) {
    if (options.sql) {
        print(store::schema_sql(operate::catalogue()));
    } else if (options.tables) {
        print(operate::table_page());
    } else if (options.features) {
        print(features::feature_page());
    } else if (options.configuration) {
        print(configuration_page());
    } else if (!options.table.empty()) {
        TIPOFF_TRY(const Listing columns, columns_of(options.table));
        print_listing(columns, options.format, "columns");
    } else {
        print_listing(all_tables(), options.format, "tables");
    }
    return ExitCode::kDone;
}

}  // namespace

void add_schema_command(CommandLine& commands) {
    const auto options = std::make_shared<SchemaOptions>();
    commands
        .command({.name = "schema",
                  .summary = "Tables, columns, features and the configuration, with what they mean",
                  .description = "Needs no home: it prints what the program declares.",
                  .examples = {{{"schema analytics.player_game_summary",
                                 "The columns of a table and their meanings."},
                                {"schema --features > features.md", "The page of all features."}}}},
                 HomeUse::kNone, [options](Context&) { return run(*options); })
        .text("TABLE", options->table, "A table, for its columns; all tables are listed without it")
        .flag("--sql", options->sql, "The DDL of a fresh database")
        .flag("--tables", options->tables, "A page of all tables in Markdown")
        .flag("--features", options->features, "A page of all features in Markdown")
        .flag("--configuration", options->configuration,
              "A page of all keys of the configuration, and variables, in Markdown")
        .exclusive("--sql", "--tables")
        .exclusive("--sql", "--configuration")
        .exclusive("--tables", "--configuration")
        .exclusive("--features", "--configuration")
        .exclusive("--sql", "--features")
        .exclusive("--tables", "--features")
        .format(options->format);
}

}  // namespace tipoff::cli
