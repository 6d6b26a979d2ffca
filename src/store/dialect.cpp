#include "store/dialect.h"

#include <cctype>

namespace tipoff::store {
namespace {

bool is_of_a_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

}  // namespace

Dialect dialect_of(const Database& database) {
    return database.engine().starts_with("PostgreSQL") ? Dialect::kPostgres : Dialect::kDuckDb;
}

std::string in_dialect(std::string_view ddl, Dialect dialect) {
    constexpr std::string_view kText = "TEXT";
    std::string sql(ddl);
    if (dialect == Dialect::kDuckDb) return sql;
    for (auto at = sql.find(kText); at != std::string::npos; at = sql.find(kText, at)) {
        const auto end = at + kText.size();
        const bool is_word = (at == 0 || !is_of_a_word(sql[at - 1])) &&
                             (end == sql.size() || !is_of_a_word(sql[end]));
        at = end;
        if (!is_word) continue;
        constexpr std::string_view kByBytes = " COLLATE \"C\"";
        sql.insert(end, kByBytes);
        at += kByBytes.size();
    }
    return sql;
}

std::string sql_literal(std::string_view text) {
    std::string literal = "'";
    for (const char c : text) {
        if (c == '\'') literal += '\'';
        literal += c;
    }
    return literal + '\'';
}

}  // namespace tipoff::store
