/// `/v1/accuracy`.

#include <nlohmann/json.hpp>

#include "grade/populations.h"
#include "grade/report.h"
#include "serve/documents/grade.h"
#include "serve/endpoints/endpoints.h"
#include "serve/paging.h"

namespace tipoff::serve {
namespace {

/// Without a first day: a month.
constexpr int kUsualDays = 30;

Expected<Response> accuracy(store::Database& database, const Arguments& arguments) {
    grade::GradeRequest request;
    request.dates.to = arguments.date("to");
    request.dates.from =
        arguments.optional_date("from").value_or(request.dates.to.plus_days(1 - kUsualDays));
    if (request.dates.to < request.dates.from)
        return fail(ErrorCode::kInvalidInput, "to: is before from");
    TIPOFF_CHECK(check_span(request.dates));
    TIPOFF_TRY(request.market, parse_market(arguments.text("market")));
    TIPOFF_TRY(request.population, grade::parse_population(arguments.text("population")));
    TIPOFF_TRY(request.season_type, parse_season_type(arguments.text("season_type")));
    TIPOFF_TRY(request.as_of, grade::parse_as_of_choice(arguments.text("as_of")));
    TIPOFF_TRY(const grade::GradeReport report, grade::grade_report(database, request));
    return json_response(grade_json(report));
}

std::vector<std::string> population_words() {
    std::vector<std::string> words;
    words.reserve(grade::kPopulations.size());
    for (const grade::Population population : grade::kPopulations)
        words.emplace_back(to_string(population));
    return words;
}

}  // namespace

std::vector<Route> accuracy_routes(const Backend& backend) {
    return {{.method = "GET",
             .path = "/v1/accuracy",
             .name = "get_accuracy",
             .scope = Scope::kRead,
             .summary = "How good the forecasts were, by system, against the line and plain means",
             .parameters = {{.name = "from",
                             .type = ParameterType::kDate,
                             .doc = "First day; 30 days up to `to` otherwise."},
                            {.name = "to",
                             .type = ParameterType::kDate,
                             .doc = "Last day.",
                             .usual = "yesterday"},
                            market_parameter(),
                            {.name = "population",
                             .type = ParameterType::kChoice,
                             .doc = "Which player games count.",
                             .usual = "ten_prior_games",
                             .choices = population_words()},
                            {.name = "season_type",
                             .type = ParameterType::kChoice,
                             .doc = "Games of this part of a season.",
                             .usual = "regular",
                             .choices = {"regular", "play_in", "playoffs", "cup"}},
                            {.name = "as_of",
                             .type = ParameterType::kChoice,
                             .doc = "Which forecast of a game counts.",
                             .usual = "last",
                             .choices = {"first", "morning", "last"}}},
             .responses = {json_doc("What `tipoff grade --format json` prints, of games that are "
                                    "graded.")},
             .keeping = Keeping::kDataVersion,
             .handler = [&database = backend.database](const Request& request) {
                 return accuracy(database, request.arguments);
             }}};
}

}  // namespace tipoff::serve
