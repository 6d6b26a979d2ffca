#pragma once
/// Values as bytes that tell any two of one column apart.

#include <cstddef>
#include <string>

#include "store/columns.h"

namespace tipoff::store {

/// Appends a value so that no two values of a column share an encoding, one after the other
/// included. NULL is told apart; of what is not text the bytes sort as the numbers do, negative
/// ones aside.
void append_value(std::string& bytes, const Column& column, std::size_t row);

}  // namespace tipoff::store
