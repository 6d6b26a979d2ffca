#pragma once
/// Rows of whatever database is in use as a parquet file. DuckDB writes it beside that database,
/// which need not be DuckDB's.

#include <cstdint>
#include <filesystem>
#include <memory>

#include "base/error.h"
#include "store/columns.h"

namespace tipoff::store {

class ParquetWriter {
public:
    /// Nothing is written before `finish`. What does not fit into memory lies in a folder beside
    /// the file as long as this lives.
    static Expected<std::unique_ptr<ParquetWriter>> open(std::filesystem::path file);
    ParquetWriter(const ParquetWriter&) = delete;
    ParquetWriter& operator=(const ParquetWriter&) = delete;
    ~ParquetWriter();

    /// The next rows, with the columns of the first ones; those may be no rows, and say the
    /// columns.
    Status add(const Columns& rows);

    /// Writes the file, in the order of the rows; returns how many there are.
    Expected<std::int64_t> finish();

private:
    struct Engine;
    ParquetWriter(std::filesystem::path file, std::unique_ptr<Engine> engine);

    std::filesystem::path file_;
    std::unique_ptr<Engine> engine_;
    bool has_columns_ = false;
};

}  // namespace tipoff::store
