#include "cli/output.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/caller.h"
#include "cli/json_output.h"

namespace tipoff::cli {
namespace {

constexpr std::string_view kEllipsis = "…";
constexpr std::string_view kGap = "  ";

/// A text column is not cut below this on a narrow terminal; then rows wrap.
constexpr std::size_t kNarrowestText = 8;

/// The next code point of UTF-8 text and its length in bytes; a byte that is not UTF-8 stands for
/// itself.
struct CodePoint {
    char32_t value;
    std::size_t bytes;
};

CodePoint first_code_point(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    const std::size_t length = lead < 0x80           ? 1
                               : (lead >> 5) == 0x6  ? 2
                               : (lead >> 4) == 0xE  ? 3
                               : (lead >> 3) == 0x1E ? 4
                                                     : 1;
    if (length == 1 || text.size() < length) return {lead, 1};
    char32_t value = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return {lead, 1};
        value = (value << 6) | (byte(i) & 0x3FU);
    }
    return {value, length};
}

std::size_t width_of(char32_t c) {
    const bool is_combining = (c >= 0x300 && c <= 0x36F) || (c >= 0x20D0 && c <= 0x20FF) ||
                              c == 0x200B || c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F);
    if (is_combining) return 0;
    const bool is_wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
                         (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                         (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                         (c >= 0x1F300 && c <= 0x1FAFF);
    return is_wide ? 2 : 1;
}

/// One line without control characters: text of others must not steer the terminal.
std::string harmless(std::string_view text) {
    std::string line;
    line.reserve(text.size());
    while (!text.empty()) {
        const auto [value, bytes] = first_code_point(text);
        const bool is_control = value < 0x20 || (value >= 0x7F && value < 0xA0);
        if (is_control) {
            line += ' ';
        } else {
            line += text.substr(0, bytes);
        }
        text.remove_prefix(bytes);
    }
    return line;
}

std::string_view colour_of(Tone tone) {
    switch (tone) {
        case Tone::kGood: return "\033[32m";
        case Tone::kWarning: return "\033[33m";
        case Tone::kBad: return "\033[31m";
        case Tone::kFaint: return "\033[2m";
        case Tone::kPlain: return "";
    }
    return "";
}

std::string heading(std::string name) {
    std::ranges::replace(name, '_', ' ');
    return name;
}

/// Shrinks the widest text columns until a row fits.
void fit_to_width(std::vector<std::size_t>& widths, const std::vector<bool>& is_number,
                  std::size_t limit) {
    std::size_t total = kGap.size() * (widths.empty() ? 0 : widths.size() - 1);
    for (const std::size_t width : widths)
        total += width;
    while (total > limit) {
        std::size_t widest = widths.size();
        for (std::size_t c = 0; c < widths.size(); ++c) {
            if (is_number[c] || widths[c] <= kNarrowestText) continue;
            if (widest == widths.size() || widths[c] > widths[widest]) widest = c;
        }
        if (widest == widths.size()) return;
        --widths[widest];
        --total;
    }
}

void append_padded(std::string& line, std::string_view text, std::size_t width, bool right,
                   bool is_last) {
    const std::size_t used = display_width(text);
    const std::string padding(width > used ? width - used : 0, ' ');
    if (right) line += padding;
    line += text;
    if (!right && !is_last) line += padding;
}

}  // namespace

std::string shown(const Cell& cell) {
    if (!cell.words().empty()) return harmless(cell.words());
    if (cell.is_null()) return "-";
    const Cell::Value& value = cell.value();
    if (const auto* words = std::get_if<std::string>(&value)) return harmless(*words);
    if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "yes" : "no";
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *whole);
    const double number = std::get<double>(value);
    return cell.decimals() < 0 ? fmt::format("{}", number)
                               : fmt::format("{:.{}f}", number, cell.decimals());
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const auto [value, bytes] = first_code_point(text);
        width += width_of(value);
        text.remove_prefix(bytes);
    }
    return width;
}

std::string cut_to_width(std::string_view text, std::size_t width) {
    if (display_width(text) <= width) return std::string(text);
    std::string cut;
    std::size_t used = 0;
    while (!text.empty()) {
        const auto [value, bytes] = first_code_point(text);
        if (used + width_of(value) + 1 > width) break;
        used += width_of(value);
        cut += text.substr(0, bytes);
        text.remove_prefix(bytes);
    }
    if (width > 0) cut += kEllipsis;
    return cut;
}

std::string table_text(const Listing& listing, const Terminal& terminal) {
    const std::size_t columns = listing.columns.size();
    std::vector<std::size_t> widths;
    widths.reserve(columns);
    for (const auto& name : listing.columns)
        widths.push_back(display_width(heading(name)));
    std::vector<bool> is_number(columns, true);
    std::vector<bool> has_value(columns, false);
    for (const Row& row : listing.rows) {
        for (std::size_t c = 0; c < columns; ++c) {
            widths[c] = std::max(widths[c], display_width(shown(row[c])));
            if (row[c].is_null()) continue;
            has_value[c] = true;
            if (!row[c].is_number()) is_number[c] = false;
        }
    }
    for (std::size_t c = 0; c < columns; ++c)
        is_number[c] = is_number[c] && has_value[c];
    if (terminal.width > 0) fit_to_width(widths, is_number, terminal.width);

    std::string text;
    const auto append = [&](std::size_t c, std::string_view words, std::string_view colour) {
        if (c > 0) text += kGap;
        const bool coloured = terminal.has_colours && !colour.empty();
        if (coloured) text += colour;
        append_padded(text, cut_to_width(words, widths[c]), widths[c], is_number[c],
                      c + 1 == columns);
        if (coloured) text += "\033[0m";
    };
    for (std::size_t c = 0; c < columns; ++c)
        append(c, heading(listing.columns[c]), "\033[1m");
    text += '\n';
    for (const Row& row : listing.rows) {
        for (std::size_t c = 0; c < columns; ++c)
            append(c, shown(row[c]), colour_of(row[c].tone()));
        text += '\n';
    }
    return text;
}

void print(std::string_view text) { caller().write(Stream::kOut, text); }

void print_listing(const Listing& listing, Format format, std::string_view name) {
    switch (format) {
        case Format::kTable: return print(table_text(listing, caller().terminal(Stream::kOut)));
        case Format::kCsv: return print(serve::csv_text(listing));
        case Format::kJson: {
            Json document = Json::object();
            document[std::string(name)] = json_rows(listing);
            return print_json(document);
        }
    }
}

}  // namespace tipoff::cli
