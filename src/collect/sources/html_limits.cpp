#include "collect/sources/html_limits.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <unordered_map>

namespace tipoff::collect {
namespace {

/// Elements without a closing tag.
constexpr std::array<std::string_view, 14> kNeverClosed{"area",  "base",   "br",    "col",  "embed",
                                                        "hr",    "img",    "input", "link", "meta",
                                                        "param", "source", "track", "wbr"};

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

/// The name at the front of `rest`, in small letters.
std::string name_at(std::string_view rest) {
    const auto end = std::min(rest.find_first_of(" \t\n\f\r/<>"), rest.size());
    std::string name(rest.substr(0, end));
    for (char& letter : name)
        letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return name;
}

/// Whether a tag has more marks of attributes than one may have.
bool has_too_many_marks(std::string_view tag) {
    const auto is_mark = [](char c) { return std::string_view(" \t\n\f\r/\"'").contains(c); };
    return static_cast<std::size_t>(std::ranges::count_if(tag, is_mark)) > kMostHtmlMarks;
}

}  // namespace

std::string too_much_in_html(std::string_view page) {
    if (page.size() > kMostHtmlBytes) return fmt::format("more than {} MiB", kMostHtmlBytes >> 20);
    std::unordered_map<std::string, std::size_t> open_of_name;
    std::size_t tags = 0, open = 0, tag_end = 0;
    for (auto at = page.find('<'); at != std::string_view::npos; at = page.find('<', at + 1)) {
        const bool closes = page.substr(at + 1).starts_with('/');
        const std::string_view rest = page.substr(at + (closes ? 2 : 1));
        if (rest.empty() || !is_letter(rest.front())) continue;
        // A tag within another's values is a part of it: no byte is looked at for each of them.
        if (at >= tag_end) {
            tag_end = std::min(page.find('>', at), page.size());
            if (has_too_many_marks(page.substr(at, tag_end - at)))
                return fmt::format("a tag of more than {} attributes", kMostHtmlMarks);
        }
        if (++tags > kMostHtmlTags) return fmt::format("more than {} tags", kMostHtmlTags);
        const std::string name = name_at(rest);
        if (std::ranges::find(kNeverClosed, name) != kNeverClosed.end()) continue;
        std::size_t& of_name = open_of_name[name];
        if (!closes) {
            ++of_name;
            ++open;
        } else if (of_name > 0) {
            --of_name;
            --open;
        }
        if (open > kMostHtmlOpen)
            return fmt::format("more than {} tags that are not closed", kMostHtmlOpen);
    }
    return {};
}

}  // namespace tipoff::collect
