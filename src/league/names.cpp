#include "league/names.h"

#include <array>
#include <cctype>
#include <cstddef>
#include <span>
#include <string_view>

#include "base/names.h"

namespace tipoff::league {
namespace {

using std::string_view;

/// A piece of a name with and without accents.
struct Piece {
    string_view accented;
    string_view plain;
    constexpr Piece(const char* text) : accented(text), plain(text) {}  // NOLINT: a plain literal
    constexpr Piece(const char* with, const char* without) : accented(with), plain(without) {}
};

struct Text {
    std::string accented;
    std::string plain;
    void add(const Piece& piece) {
        accented += piece.accented;
        plain += piece.plain;
    }
};

constexpr std::array<Piece, 92> kGiven{
    "Aaron",    "Adrian",  "Alec",    "Amari",  "Andre",    "Anton",  "Avery",  "Barrett", "Ben",
    "Blake",    "Brandon", "Brice",   "Byron",  "Caleb",    "Calvin", "Cedric", "Chris",   "Cody",
    "Corey",    "Curtis",  "Dalen",   "Damon",  "Darius",   "Davon",  "Dean",   "Denzel",  "Derek",
    "Desmond",  "Devin",   "Dominic", "Donte",  "Drew",     "Elias",  "Emil",   "Eric",    "Evan",
    "Felix",    "Frank",   "Gavin",   "Glenn",  "Grant",    "Gregor", "Harvey", "Henri",   "Ian",
    "Isaac",    "Ivan",    "Jalen",   "Jared",  "Jason",    "Jaylin", "Jerome", "Joel",    "Jordan",
    "Josh",     "Julian",  "Kareem",  "Keon",   "Kyle",     "Lamar",  "Leon",   "Levi",    "Lucas",
    "Malik",    "Marcus",  "Mason",   "Miles",  "Mitchell", "Nate",   "Nikola", "Noah",    "Omar",
    "Oscar",    "Patrick", "Quincy",  "Reggie", "Rodney",   "Roland", "Sam",    "Sergio",  "Simon",
    "Terrence", "Theo",    "Tobias",  "Trevor", "Tyler",    "Victor", "Walter", "Wesley",  "Xavier",
    "Yannick",  "Zane",
};

/// Given names that test how names are folded.
constexpr std::array<Piece, 14> kMarkedGiven{
    Piece{"Álvaro", "Alvaro"},
    Piece{"André", "Andre"},
    Piece{"Džan", "Dzan"},
    Piece{"Goran"},
    Piece{"Jérémie", "Jeremie"},
    Piece{"José", "Jose"},
    Piece{"Kristapo"},
    Piece{"Luís", "Luis"},
    Piece{"Moussé", "Mousse"},
    Piece{"Jae'Von"},
    Piece{"De'Marion"},
    Piece{"D'Anton"},
    Piece{"T.J."},
    Piece{"Öner", "Oner"},
};

constexpr std::array<Piece, 44> kSurnameStart{
    "Bal", "Bren", "Cal", "Cor",  "Dal", "Dev", "Dor",  "El",  "Fal", "Fen", "Gar",
    "Gol", "Hal",  "Har", "Hest", "Jor", "Kal", "Kel",  "Lor", "Lun", "Mar", "Mel",
    "Mor", "Nar",  "Nol", "Or",   "Pel", "Pol", "Quel", "Ral", "Ren", "Ros", "Sar",
    "Sel", "Sol",  "Tal", "Tor",  "Ul",  "Val", "Ver",  "Vol", "Wen", "Yar", "Zel",
};
constexpr std::array<Piece, 18> kSurnameMiddle{
    "a", "ab", "ad", "am", "and", "ar", "e", "em", "er",
    "i", "il", "in", "o",  "ond", "or", "u", "um", "und",
};
constexpr std::array<Piece, 26> kSurnameEnd{
    "bold",  "by",   "combe", "dale",  "den",  "dric", "fell", "ford",  "gan",
    "ham",   "holt", "lan",   "lock",  "mere", "mont", "nell", "ras",   "rick",
    "ridge", "sby",  "stow",  "thorn", "ton",  "vane", "wick", "worth",
};
constexpr std::array<Piece, 14> kMarkedSurnameEnd{
    Piece{"ić", "ic"},     Piece{"ović", "ovic"}, Piece{"čius", "cius"}, Piece{"ņģis", "ngis"},
    Piece{"ünas", "unas"}, Piece{"ães", "aes"},   Piece{"éz", "ez"},     Piece{"ñol", "nol"},
    Piece{"šek", "sek"},   Piece{"žan", "zan"},   Piece{"öder", "oder"}, Piece{"âtre", "atre"},
    Piece{"łow", "low"},   Piece{"ışı", "isi"},
};
constexpr std::array<string_view, 4> kSuffixes{"Jr.", "III", "II", "IV"};
constexpr std::array<double, 4> kSuffixWeights{0.62, 0.22, 0.12, 0.04};

constexpr double kMarkedGivenShare = 0.08;
constexpr double kMarkedSurnameShare = 0.11;
constexpr double kHyphenShare = 0.025;
constexpr double kSuffixShare = 0.055;
constexpr double kSecondSpellingShare = 0.35;  ///< of the names with a suffix

const Piece& one_of(std::span<const Piece> pieces, Random& random) {
    return pieces[static_cast<std::size_t>(random.below(static_cast<int>(pieces.size())))];
}

Text surname(Random& random) {
    Text text;
    text.add(one_of(kSurnameStart, random));
    text.add(one_of(kSurnameMiddle, random));
    text.add(random.chance(kMarkedSurnameShare) ? one_of(kMarkedSurnameEnd, random)
                                                : one_of(kSurnameEnd, random));
    return text;
}

Text full_name(Random& random) {
    Text name;
    name.add(random.chance(kMarkedGivenShare) ? one_of(kMarkedGiven, random)
                                              : one_of(kGiven, random));
    name.add(" ");
    const Text first = surname(random);
    name.accented += first.accented;
    name.plain += first.plain;
    if (random.chance(kHyphenShare)) {
        const Text second = surname(random);
        name.accented += "-" + second.accented;
        name.plain += "-" + second.plain;
    }
    return name;
}

/// Lower case, hyphens as spaces, full stops and apostrophes dropped.
std::string as_in_a_line_feed(string_view plain) {
    std::string text;
    for (const char c : plain) {
        if (c == '.' || c == '\'') continue;
        text.push_back(c == '-' ? ' '
                                : static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    }
    return text;
}

}  // namespace

PlayerName NameGenerator::next(Random& random) {
    Text text = full_name(random);
    while (!taken_.insert(fold_name(text.accented)).second)
        text = full_name(random);

    PlayerName name{.display = text.accented,
                    .plain = text.plain,
                    .other_plain = {},
                    .prop = as_in_a_line_feed(text.plain)};
    if (!random.chance(kSuffixShare)) return name;
    const std::string suffix = " " + std::string(kSuffixes[random.pick(kSuffixWeights)]);
    if (random.chance(kSecondSpellingShare)) name.other_plain = name.plain;
    name.display += suffix;
    name.plain += suffix;
    return name;
}

}  // namespace tipoff::league
