#pragma once
/// Tables as files that are made while they are sent.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "base/error.h"
#include "serve/message.h"
#include "store/database.h"
#include "store/table.h"

namespace tipoff::serve {

enum class ExportForm : std::uint8_t { kJson, kCsv, kParquet };

[[nodiscard]] std::string_view media_type_of(ExportForm form);

struct ExportRequest {
    const store::TableSpec* table = nullptr;
    std::optional<store::DateScope> dates;
};

/// A table by "schema.name". Those with what is nobody's affair (hashes of tokens, texts of
/// messages) are `kNotFound` as others that there are none of.
Expected<const store::TableSpec*> exported_table(std::string_view name);

/// Whether the rows of a table are of game dates.
[[nodiscard]] bool has_dates(const store::TableSpec& table);

/// The file, some thousand rows at a time and all of one moment. Parquet is made in a file of
/// `folder` that is gone afterwards. All outlive it but the request.
[[nodiscard]] Streaming export_stream(store::Database& database,
                                      const std::filesystem::path& folder,
                                      const ExportRequest& request, ExportForm form);

}  // namespace tipoff::serve
