#pragma once
/// The words that sources have for a player's health, and the five that a stated injury has.

#include <optional>
#include <string>
#include <string_view>

namespace tipoff::collect {

struct InjuryStatus {
    std::string_view status;  ///< "out", "doubtful", "questionable", "probable", "available"
    /// Whether the source's word is that very one. Where it is not, `injury_reason` keeps it.
    bool is_exact = true;
};

/// What a source's word comes to; nothing for a word that nobody knows.
///
///     Out, Doubtful, Questionable, Probable, Available    themselves
///     Day-To-Day, Game Time Decision                      questionable: he may play or may not
///     Out For Season, Out Indefinitely                    out
///     Suspension, Suspended                               out
[[nodiscard]] std::optional<InjuryStatus> injury_status(std::string_view word);

/// The reason as the source gives it, behind the source's word where the status is another:
/// "Day-To-Day: Jul 3: Ball (wrist) ...".
[[nodiscard]] std::string injury_reason(std::string_view word, InjuryStatus status,
                                        std::string_view reason);

}  // namespace tipoff::collect
