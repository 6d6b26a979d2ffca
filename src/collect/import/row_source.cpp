#include "collect/import/row_source.h"

#include <fmt/core.h>

#include <string>
#include <vector>

#include "collect/csv.h"
#include "store/duckdb/duckdb_database.h"

namespace tipoff::collect {
namespace {

class CsvRows final : public RowSource {
public:
    explicit CsvRows(std::span<const char> bytes) : reader_(open_bytes(bytes)) {}

    Expected<bool> next() override { return reader_.next(); }
    [[nodiscard]] std::span<const std::string_view> fields() const override {
        return reader_.fields();
    }
    [[nodiscard]] std::int64_t line() const override { return reader_.line(); }

private:
    CsvReader reader_;
};

class ParquetRows final : public RowSource {
public:
    explicit ParquetRows(store::Columns columns) : columns_(std::move(columns)) {
        fields_.assign(columns_.names.begin(), columns_.names.end());
    }

    Expected<bool> next() override {
        ++line_;
        if (line_ == 1) return !fields_.empty();
        const auto row = static_cast<std::size_t>(line_ - 2);
        if (row >= columns_.rows()) return false;
        for (std::size_t c = 0; c < fields_.size(); ++c)
            fields_[c] = columns_.data[c].text(row);
        return true;
    }
    [[nodiscard]] std::span<const std::string_view> fields() const override { return fields_; }
    [[nodiscard]] std::int64_t line() const override { return line_; }

private:
    store::Columns columns_;
    std::vector<std::string_view> fields_;
    std::int64_t line_ = 0;
};

}  // namespace

std::unique_ptr<RowSource> csv_rows(std::span<const char> bytes) {
    return std::make_unique<CsvRows>(bytes);
}

Expected<std::unique_ptr<RowSource>> parquet_rows(const std::filesystem::path& file) {
    const std::string path = file.string();
    // The reader takes these for patterns and would read other files.
    if (path.find_first_of("*?[") != std::string::npos) {
        return fail(ErrorCode::kInvalidInput,
                    fmt::format("{}: a path with * ? or [ cannot be read as parquet", path));
    }
    auto columns = store::read_parquet(file);
    if (!columns) {
        return fail(ErrorCode::kInvalidInput,
                    fmt::format("the parquet data is damaged: {}", columns.error().message()));
    }
    return std::make_unique<ParquetRows>(*std::move(columns));
}

bool is_parquet(std::span<const char> bytes) {
    return std::string_view(bytes.data(), bytes.size()).starts_with("PAR1");
}

}  // namespace tipoff::collect
