#include "serve/table_export.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/entropy.h"
#include "operate/catalogue.h"
#include "serve/documents/json.h"
#include "serve/paging.h"
#include "store/dialect.h"
#include "store/home.h"
#include "store/parquet_file.h"

namespace tipoff::serve {
namespace {

/// Of a page, so that one of a wide table is some megabytes as well.
constexpr std::size_t kPageCells = 400'000;
constexpr std::size_t kPieceBytes = std::size_t{64} << 10;

constexpr std::array<std::string_view, 2> kNotGivenOut{"ops.token", "ops.outbox"};

std::string select_of(const ExportRequest& request, store::Values& values) {
    std::string sql = "SELECT ";
    for (const auto& column : request.table->columns)
        sql += (sql.size() > 7 ? ", " : "") + column.name;
    sql += " FROM " + request.table->qualified_name();
    if (!request.dates) return sql;
    values.emplace_back(request.dates->from);
    values.emplace_back(request.dates->to);
    return sql + " WHERE game_date BETWEEN $1 AND $2";
}

/// Hands on the table page by page, in the order of its key.
Status each_page(store::Database& database, const ExportRequest& request,
                 const std::function<Status(const store::Columns&, bool is_first)>& take) {
    PagedQuery query;
    query.select = select_of(request, query.values);
    for (const std::size_t column : request.table->key_columns())
        query.key.push_back(request.table->columns[column].name);
    TIPOFF_TRY(const auto moment, database.begin());
    const auto page_rows = static_cast<std::int64_t>(kPageCells / request.table->columns.size());
    std::string cursor;
    bool is_first = true;
    while (true) {
        TIPOFF_TRY(const Page page, read_page(*moment, query, page_rows, cursor));
        TIPOFF_CHECK(take(page.rows, is_first));
        if (page.next.empty()) return {};
        cursor = page.next;
        is_first = false;
    }
}

Status write_csv(store::Database& database, const ExportRequest& request, const Write& write) {
    return each_page(database, request, [&](const store::Columns& rows, bool is_first) {
        std::string text = is_first ? csv_line(rows.names) : std::string();
        for (std::size_t row = 0; row < rows.rows(); ++row)
            append_csv_line(rows, row, text);
        return write(text);
    });
}

Status write_json(store::Database& database, const ExportRequest& request, const Write& write) {
    bool has_rows = false;
    TIPOFF_CHECK(write("{\"rows\":["));
    TIPOFF_CHECK(each_page(database, request, [&](const store::Columns& rows, bool) -> Status {
        std::string text;
        for (std::size_t row = 0; row < rows.rows(); ++row) {
            Json object = Json::object();
            for (std::size_t c = 0; c < rows.data.size(); ++c)
                object[rows.names[c]] = json_value(to_cell(rows.data[c], row));
            text += has_rows ? "," : "";
            text += json_line(object);
            has_rows = true;
        }
        return write(text);
    }));
    return write("]}\n");
}

/// A file that is gone with the object.
class ScratchFile {
public:
    explicit ScratchFile(const std::filesystem::path& folder)
        : path_(folder / fmt::format("export-{}.parquet", random_name())) {
        // One that cannot be made is told of by the engine.
        std::error_code ignored;
        std::filesystem::create_directories(folder, ignored);
    }
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;
    ~ScratchFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// From a server: page by page.
Status fill_from_pages(store::Database& database, const ExportRequest& request,
                       const std::filesystem::path& file) {
    TIPOFF_TRY(const auto parquet, store::ParquetWriter::open(file));
    TIPOFF_CHECK(each_page(database, request, [&parquet](const store::Columns& rows, bool) {
        return parquet->add(rows);
    }));
    TIPOFF_CHECK(parquet->finish());
    return {};
}

/// From DuckDB, which writes it by itself.
Status fill_by_copy(store::Database& database, const ExportRequest& request,
                    const std::filesystem::path& file) {
    // A COPY takes no parameters; dates are dates and nothing else.
    std::string order;
    for (const std::size_t column : request.table->key_columns())
        order += (order.empty() ? " ORDER BY " : ", ") + request.table->columns[column].name;
    std::string where;
    if (request.dates)
        where = fmt::format(" WHERE game_date BETWEEN DATE '{}' AND DATE '{}'",
                            to_string(request.dates->from), to_string(request.dates->to));
    TIPOFF_CHECK(database.read(
        fmt::format("COPY (SELECT * FROM {}{}{}) TO {} (FORMAT parquet, USE_TMP_FILE false)",
                    request.table->qualified_name(), where, order,
                    store::sql_literal(file.string())),
        {}));
    return {};
}

Status write_parquet(store::Database& database, const std::filesystem::path& folder,
                     const ExportRequest& request, const Write& write) {
    const ScratchFile file(store::exchange_folder(folder));
    const bool is_on_server = store::dialect_of(database) == store::Dialect::kPostgres;
    TIPOFF_CHECK(is_on_server ? fill_from_pages(database, request, file.path())
                              : fill_by_copy(database, request, file.path()));
    std::ifstream bytes(file.path(), std::ios::binary);
    std::string piece(kPieceBytes, '\0');
    while (bytes) {
        bytes.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        TIPOFF_CHECK(
            write(std::string_view(piece).substr(0, static_cast<std::size_t>(bytes.gcount()))));
    }
    if (bytes.bad()) return fail(ErrorCode::kIo, "the file cannot be read back");
    return {};
}

}  // namespace

std::string_view media_type_of(ExportForm form) {
    switch (form) {
        case ExportForm::kJson: return kJsonType;
        case ExportForm::kCsv: return kCsvType;
        case ExportForm::kParquet: return "application/vnd.apache.parquet";
    }
    throw InvariantBroken("a form that is none");
}

Expected<const store::TableSpec*> exported_table(std::string_view name) {
    const auto& tables = operate::catalogue();
    const auto found = std::ranges::find(tables, name, &store::TableSpec::qualified_name);
    if (found != tables.end() && std::ranges::find(kNotGivenOut, name) == kNotGivenOut.end())
        return *found;
    return fail(ErrorCode::kNotFound, fmt::format("there is no table '{}'", name),
                "schema and name, as analytics.game; docs/api.md lists them");
}

bool has_dates(const store::TableSpec& table) {
    return std::ranges::any_of(table.columns, [](const store::ColumnSpec& column) {
        return column.name == "game_date" && column.type == store::ColumnType::kDate &&
               !column.nullable;
    });
}

Streaming export_stream(store::Database& database, const std::filesystem::path& folder,
                        const ExportRequest& request, ExportForm form) {
    return [&database, &folder, request, form](const Write& write) -> Status {
        switch (form) {
            case ExportForm::kJson: return write_json(database, request, write);
            case ExportForm::kCsv: return write_csv(database, request, write);
            case ExportForm::kParquet: return write_parquet(database, folder, request, write);
        }
        throw InvariantBroken("a form that is none");
    };
}

}  // namespace tipoff::serve
