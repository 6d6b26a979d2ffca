// Any bytes as a file to import: they are read or refused, nothing else.

#include <cstddef>
#include <cstdint>

#include "collect/import/read_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tipoff::collect;
    const std::span bytes(reinterpret_cast<const char*>(data), size);
    StagedFile file;
    file.file_name = "player_positions_2021-22.csv";
    const auto rows = csv_rows(bytes);
    read_file(*rows, file);
    return 0;
}
