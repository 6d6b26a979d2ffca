#pragma once
/// What holds for every reading of every document, sound or not. The fuzz targets and the tests of
/// their corpus hold the readers to it. (No GoogleTest here: the fuzz targets link this.)

#include <span>
#include <string>

#include "collect/source.h"

namespace tipoff::support {

/// Reads the bytes as a document of the source, twice for nothing in particular and twice as one
/// that was asked for, and says which rule a reading breaks; empty where all are kept:
///
///   - the same bytes read twice say the same;
///   - malformed readings say why; those, and ones with nothing in the document, have no records;
///   - fresh and partial readings have records, of the kinds that the source gives;
///   - teams are of the league, counts are possible, prices are prices, words are of their sets.
[[nodiscard]] std::string rule_broken_by(std::span<const char> document,
                                         const collect::Source& source);

/// Which rule of packed bytes is broken: the same again, and never more than is allowed.
[[nodiscard]] std::string rule_of_unpacking_broken_by(std::span<const char> packed);

}  // namespace tipoff::support
