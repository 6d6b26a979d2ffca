#include "base/names.h"

#include <utf8proc.h>

#include <array>
#include <cstdlib>
#include <memory>

namespace tipoff {
namespace {

/// Letters that Unicode does not take apart into a base letter and a mark.
std::string_view plain_letter(utf8proc_int32_t code) {
    switch (code) {
        case 0x0111: return "d";   // đ
        case 0x00F8: return "o";   // ø
        case 0x0142: return "l";   // ł
        case 0x0131: return "i";   // ı
        case 0x00E6: return "ae";  // æ
        case 0x0153: return "oe";  // œ
        case 0x00F0: return "d";   // ð
        case 0x00FE: return "th";  // þ
        default: return {};
    }
}

std::string decomposed(std::string_view name) {
    utf8proc_uint8_t* mapped = nullptr;
    const auto size =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(name.data()),
                     static_cast<utf8proc_ssize_t>(name.size()), &mapped,
                     static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                                                    UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(mapped, &std::free);
    if (size < 0) return {};
    return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size)};
}

/// The well-formed part of a name: bytes that are not UTF-8 are left out.
std::string well_formed(std::string_view name) {
    std::string kept;
    while (!name.empty()) {
        utf8proc_int32_t code = 0;
        const auto step = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(name.data()),
                                           static_cast<utf8proc_ssize_t>(name.size()), &code);
        if (step > 0) kept += name.substr(0, static_cast<std::size_t>(step));
        name.remove_prefix(step > 0 ? static_cast<std::size_t>(step) : 1);
    }
    return kept;
}

bool separates_words(utf8proc_int32_t code) {
    const bool is_space = code == ' ' || (code >= '\t' && code <= '\r');
    const bool is_dash = code == '-' || (code >= 0x2010 && code <= 0x2015) || code == 0x2212;
    return is_space || is_dash || code == '_';
}

}  // namespace

std::string fold_name(std::string_view name) {
    std::string text = decomposed(name);
    if (text.empty() && !name.empty()) text = decomposed(well_formed(name));

    std::string folded;
    bool gap = false;
    const auto add = [&](std::string_view letters) {
        if (gap && !folded.empty()) folded.push_back(' ');
        gap = false;
        folded += letters;
    };
    for (std::size_t at = 0; at < text.size();) {
        utf8proc_int32_t code = 0;
        const auto step =
            utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                             static_cast<utf8proc_ssize_t>(text.size() - at), &code);
        const std::string_view bytes(text.data() + at, static_cast<std::size_t>(step));
        at += static_cast<std::size_t>(step);
        if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9')) {
            add(bytes);
        } else if (separates_words(code)) {
            gap = true;
        } else if (const auto letter = plain_letter(code); !letter.empty()) {
            add(letter);
        }
    }
    return folded;
}

std::string_view without_suffix(std::string_view folded) {
    constexpr std::array<std::string_view, 6> kSuffixes{"jr", "sr", "ii", "iii", "iv", "v"};
    const auto space = folded.rfind(' ');
    if (space == std::string_view::npos) return folded;
    const std::string_view rest = folded.substr(0, space);
    if (rest.find(' ') == std::string_view::npos) return folded;
    for (const auto suffix : kSuffixes) {
        if (folded.substr(space + 1) == suffix) return rest;
    }
    return folded;
}

}  // namespace tipoff
