#include "operate/catalogue.h"

#include <algorithm>

#include "collect/raw_tables.h"
#include "conform/analytics_tables.h"
#include "coordinate/batch_tables.h"
#include "features/feature_tables.h"
#include "forecast/model_tables.h"
#include "forecast/prediction_tables.h"
#include "grade/grade_tables.h"
#include "ledger/ops_tables.h"
#include "operate/alert_tables.h"
#include "operate/schedule_tables.h"
#include "operate/token_table.h"

namespace tipoff::operate {

const std::vector<const store::TableSpec*>& catalogue() {
    static const std::vector<const store::TableSpec*> all_tables = [] {
        std::vector<const store::TableSpec*> tables;
        for (const auto& room :
             {collect::raw_tables(), conform::analytics_tables(), features::feature_tables(),
              forecast::prediction_tables(), coordinate::batch_tables(), grade::grade_tables(),
              ledger::ops_tables(), alert_tables(), schedule_tables(), token_tables()}) {
            tables.insert(tables.end(), room.begin(), room.end());
        }
        std::ranges::sort(tables, {}, &store::TableSpec::qualified_name);
        return tables;
    }();
    return all_tables;
}

std::vector<std::string_view> stated_table_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const store::TableSpec* table : collect::raw_tables())
            all.push_back(table->qualified_name());
        return all;
    }();
    return {names.begin(), names.end()};
}

std::vector<const store::TableSpec*> derived_tables() {
    std::vector<const store::TableSpec*> tables;
    for (const store::TableSpec* table : catalogue()) {
        // Made by training, and by who asked: not from a date's facts.
        if (table == &forecast::kModel.spec() || table == &coordinate::kBatchSummary.spec())
            continue;
        if (table->schema == "analytics" || table->schema == "features" ||
            table->schema == "predictions") {
            tables.push_back(table);
        }
    }
    return tables;
}

}  // namespace tipoff::operate
