#pragma once
/// The season 2022-23 from the files of ../shared/data, read with nothing but a CSV reader, so that
/// what is worked out from the files by hand can be compared with what the rows say.

#include <optional>

#include "conform/raw_facts.h"

namespace tipoff::conform::test {

/// Schedule, player boxes (regular season and playoffs), team boxes, shots, points lines and injury
/// transactions, known when imported facts count as known. Nothing when the folder is absent.
[[nodiscard]] std::optional<RawFacts> read_real_season();

}  // namespace tipoff::conform::test
