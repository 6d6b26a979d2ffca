#pragma once
/// Readings that are sound in themselves, held against what is known of the league.

#include <string_view>

#include "collect/known_games.h"
#include "collect/source.h"

namespace tipoff::collect {

/// A schedule that moves more than this share of its games, or of those still to be played, is not
/// believed.
inline constexpr double kMostMoved = 0.5;

/// Judges a reading of `source` by the games that were known when it was answered.
///
/// An empty list of standings is legal before the season's first result; else the wrong season was
/// asked for, or the upstream is at fault. A schedule that moves most of its games, or most
/// of those still to be played, to other dates is malformed, and has no records then; so is an
/// answer with a quotation from after it. Any other reading is left alone.
void judge(std::string_view source, const Ask& ask, Instant answered_at, const KnownGames& games,
           Reading& reading);

}  // namespace tipoff::collect
