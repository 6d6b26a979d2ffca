#include "serve/documents/alerts.h"

#include "operate/alerts.h"

namespace tipoff::serve {

using operate::AlertRow;

namespace {

Cell severity_cell(const AlertRow& alert) {
    const auto severity = operate::find_severity(alert.severity);
    const Tone tone = severity >= operate::Severity::kError     ? Tone::kBad
                      : severity == operate::Severity::kWarning ? Tone::kWarning
                                                                : Tone::kPlain;
    return Cell::text(alert.severity).toned(tone);
}

Cell eastern(Instant at) { return Cell::instant(at).shown_as(to_eastern_string(at)); }

}  // namespace

Listing alert_listing(const std::vector<AlertRow>& alerts) {
    Listing listing{
        .columns = {"severity", "state", "title", "times_raised", "game_date", "first_raised_at",
                    "last_raised_at", "resolved_at", "signature", "episode"},
        .rows = {}};
    for (const AlertRow& alert : alerts) {
        const Tone tone = alert.state == operate::kOpen ? Tone::kWarning : Tone::kFaint;
        listing.rows.push_back({severity_cell(alert), Cell::text(alert.state).toned(tone),
                                Cell::text(alert.title), Cell::integer(alert.times_raised),
                                alert.game_date ? Cell::date(*alert.game_date) : Cell(),
                                eastern(alert.first_raised_at), eastern(alert.last_raised_at),
                                alert.resolved_at ? eastern(*alert.resolved_at) : Cell(),
                                Cell::text(alert.signature), Cell::integer(alert.episode)});
    }
    return listing;
}

}  // namespace tipoff::serve
