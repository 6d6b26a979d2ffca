#include "cli/read_query.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <nlohmann/json.hpp>

#include "store/dialect.h"

namespace tipoff::cli {
namespace {

constexpr std::array<std::string_view, 10> kQueryWords{"SELECT",  "WITH", "FROM",     "VALUES",
                                                       "TABLE",   "SHOW", "DESCRIBE", "SUMMARIZE",
                                                       "EXPLAIN", "DESC"};

constexpr std::string_view kBlanks = " \t\r\n\f\v";

std::string_view without_blanks(std::string_view text) {
    const auto first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// Drops comments and blanks in front.
std::string_view without_comments(std::string_view text) {
    while (true) {
        text = without_blanks(text);
        if (text.starts_with("--")) {
            const auto end = text.find('\n');
            text = end == std::string_view::npos ? std::string_view{} : text.substr(end);
        } else if (text.starts_with("/*")) {
            const auto end = text.find("*/", 2);
            text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 2);
        } else {
            return text;
        }
    }
}

std::string first_word(std::string_view text) {
    std::string word;
    for (const char c : text) {
        if (std::isalpha(static_cast<unsigned char>(c)) == 0) break;
        word += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    return word;
}

/// Functions in place of a table by which a query would read files, hold up the engine, change what
/// it logs, or read what is just being written; also as the beginnings of names.
constexpr std::array<std::string_view, 10> kReachingFunctions{
    "READ_",          "PARQUET_",        "SNIFF_",
    "GLOB",           "CHECKPOINT",      "FORCE_CHECKPOINT",
    "ENABLE_LOGGING", "DISABLE_LOGGING", "TRUNCATE_DUCKDB_LOGS",
    "TIPOFF_BATCH"};

/// The first of them in a plan; empty when there is none. The plan has them by their own names,
/// however the query writes them.
std::string reaching_function(const nlohmann::json& plan) {
    if (plan.is_object()) {
        const auto info = plan.find("extra_info");
        if (info != plan.end() && info->is_object() && info->contains("Function")) {
            const auto& name = info->at("Function");
            const std::string function = name.is_string() ? name.get<std::string>() : name.dump();
            const bool reaches = std::ranges::any_of(
                kReachingFunctions,
                [&](std::string_view beginning) { return function.starts_with(beginning); });
            if (reaches) return function;
        }
    }
    if (!plan.is_structured()) return {};
    for (const auto& inner : plan) {
        if (std::string function = reaching_function(inner); !function.empty()) return function;
    }
    return {};
}

/// The query inside of a SELECT of everything: where the parser accepts nothing but a query.
std::string enclosed(std::string_view query) {
    return fmt::format("SELECT * FROM (\n{}\n) AS query", query);
}

/// Splits "EXPLAIN [ANALYZE] query"; an empty prefix for a plain query.
struct Explained {
    std::string prefix;
    std::string_view query;
};

Explained split_explain(std::string_view query) {
    if (first_word(query) != "EXPLAIN") return {"", query};
    query = without_comments(query.substr(std::string_view("EXPLAIN").size()));
    if (first_word(query) != "ANALYZE") return {"EXPLAIN ", query};
    return {"EXPLAIN ANALYZE ", without_comments(query.substr(std::string_view("ANALYZE").size()))};
}

}  // namespace

Expected<std::string> checked_query(std::string_view sql) {
    std::string_view query = without_comments(sql);
    while (query.ends_with(';'))
        query = without_blanks(query.substr(0, query.size() - 1));
    if (query.empty()) return fail(ErrorCode::kUsage, "the query is empty");
    if (!query.starts_with('(')) {
        const std::string word = first_word(query);
        if (std::ranges::find(kQueryWords, word) == kQueryWords.end()) {
            return fail(
                ErrorCode::kRefused,
                fmt::format("only queries are run here, and {} is none",
                            word.empty() ? "this" : word),
                "SELECT, WITH, FROM, VALUES, TABLE, SHOW, DESCRIBE, SUMMARIZE, or EXPLAIN of one");
        }
    }
    return std::string(query);
}

Status restrict_files(store::Database& database,
                      const std::optional<std::filesystem::path>& writable) {
    // A server opens no file of this machine, and its sessions of a reader read only.
    if (store::dialect_of(database) == store::Dialect::kPostgres) return {};
    if (writable) {
        TIPOFF_CHECK(database.read(
            fmt::format("SET allowed_paths = [{}]", store::sql_literal(writable->string())), {}));
    }
    TIPOFF_CHECK(database.read("SET enable_external_access = false", {}));
    TIPOFF_CHECK(database.read("SET lock_configuration = true", {}));
    return {};
}

TimeLimit::TimeLimit(store::Reader& reader, std::optional<std::chrono::seconds> limit) {
    if (!limit) return;
    ticker_.emplace(*limit, [this, &reader] {
        is_over_ = true;
        reader.stop();
    });
}

Expected<store::Columns> read_query(store::Reader& reader, store::Dialect dialect,
                                    std::string_view query, std::size_t most) {
    const auto [explain, inner] = split_explain(query);
    TIPOFF_CHECK(plan_query(reader, dialect, inner));
    if (!explain.empty()) return reader.read(explain + enclosed(inner), {});
    return reader.read(fmt::format("{} LIMIT {}", enclosed(inner), most + 1), {});
}

Status plan_query(store::Reader& reader, store::Dialect dialect, std::string_view query) {
    if (dialect == store::Dialect::kPostgres) {
        // What its functions may reach is the role's affair.
        TIPOFF_CHECK(reader.read("EXPLAIN " + enclosed(query), {}));
        return {};
    }
    TIPOFF_TRY(const store::Columns plan,
               reader.read("EXPLAIN (FORMAT json) " + enclosed(query), {}));
    if (plan.data.size() < 2 || plan.rows() == 0) return {};
    const auto tree = nlohmann::json::parse(plan.data[1].text(0), nullptr, false);
    const std::string function = reaching_function(tree);
    if (function.empty()) return {};
    return fail(ErrorCode::kRefused,
                fmt::format("queries read the home's tables, and {} does not", function),
                "tipoff schema lists the tables");
}

}  // namespace tipoff::cli
