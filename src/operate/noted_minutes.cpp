#include "operate/noted_minutes.h"

#include <cmath>

#include "forecast/playing_time.h"

namespace tipoff::operate {
namespace {

void set_minutes(forecast::Forecast& made, double minutes) {
    const double mean = forecast::within_range(made.mean * minutes / made.minutes);
    const double share = mean / made.mean;
    forecast::Contributions contributions;
    contributions.add(made.contributions, share);
    made.contributions = contributions;
    made.mean = mean;
    made.sd *= std::sqrt(share);
    made.minutes = minutes;
}

}  // namespace

void apply_noted_minutes(std::span<const features::FeatureStoreRow> rows,
                         const conform::Notes& notes, forecast::SystemForecasts& forecasts) {
    const std::size_t systems = forecasts.system_ids.size();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const collect::Note* note =
            notes.standing(rows[i].player_id, rows[i].game_date, rows[i].as_of);
        if (note == nullptr || !note->minutes) continue;
        for (std::size_t s = 0; s < systems; ++s)
            set_minutes(forecasts.forecasts[i * systems + s], *note->minutes);
        if (i < forecasts.without_lines.size() && forecasts.without_lines[i])
            set_minutes(*forecasts.without_lines[i], *note->minutes);
    }
}

}  // namespace tipoff::operate
