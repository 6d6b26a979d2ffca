#include "base/ids.h"

#include <fmt/core.h>

#include "base/parse.h"

namespace tipoff {

std::string to_string(GameId id) {
    // By hand: millions of rows carry one.
    std::string text(10, '0');
    std::int64_t rest = id.value;
    for (auto digit = text.rbegin(); digit != text.rend(); ++digit, rest /= 10) {
        *digit = static_cast<char>('0' + rest % 10);
    }
    return text;
}

Expected<GameId> parse_game_id(std::string_view text) {
    const auto number = is_digits(text) ? parse_integer(text) : std::nullopt;
    const bool full = text.size() == 10 && (text[0] == '0' || text[0] == '9') && text[1] == '0';
    const bool without_zeros = text.size() == 8 && text[0] != '0';
    if (!number || !(full || without_zeros)) {
        return fail(ErrorCode::kInvalidInput,
                    fmt::format("'{}' is not a game id (ten digits such as 0022200001)", text));
    }
    return GameId{*number};
}

}  // namespace tipoff
