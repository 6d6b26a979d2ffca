#include "store/value_bytes.h"

#include <bit>
#include <cstdint>

namespace tipoff::store {

void append_value(std::string& bytes, const Column& column, std::size_t row) {
    if (column.is_null(row)) {
        bytes.push_back('\0');
        return;
    }
    bytes.push_back('\1');
    const auto append_bits = [&bytes](std::uint64_t bits) {
        const std::uint64_t big_endian = std::byteswap(bits);  // so that keys sort as numbers do
        bytes.append(reinterpret_cast<const char*>(&big_endian), sizeof big_endian);
    };
    switch (column.type()) {
        case ColumnType::kText:
        case ColumnType::kBlob:
            append_bits(column.text(row).size());
            bytes.append(column.text(row));
            break;
        case ColumnType::kReal:
        case ColumnType::kDouble:
            append_bits(std::bit_cast<std::uint64_t>(column.number(row)));
            break;
        default: append_bits(std::bit_cast<std::uint64_t>(column.integer(row)));
    }
}

}  // namespace tipoff::store
