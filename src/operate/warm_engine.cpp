#include "operate/warm_engine.h"

#include "forecast/models_in_service.h"

namespace tipoff::operate {

WarmEngine::WarmEngine(store::Database& database, ledger::Ledger& ledger, const Clock& clock,
                       std::filesystem::path home)
    : database_(database), ledger_(ledger), clock_(clock), home_(std::move(home)) {}

WarmEngine::~WarmEngine() = default;

Expected<const Facts*> WarmEngine::Held::facts() {
    WarmEngine& engine = engine_;
    if (engine.facts_) {
        TIPOFF_TRY(const bool are_current, engine.facts_->are_current(engine.database_));
        if (are_current) return engine.facts_.get();
    }
    engine.backfill_.reset();
    TIPOFF_TRY(engine.facts_, Facts::load(engine.database_));
    return engine.facts_.get();
}

Expected<Backfill*> WarmEngine::Held::backfill() {
    TIPOFF_TRY(const Facts* const known, facts());
    WarmEngine& engine = engine_;
    if (!engine.backfill_) {
        TIPOFF_TRY(auto models, forecast::ModelsInService::open(engine.home_, engine.database_));
        engine.backfill_ = std::make_unique<Backfill>(engine.database_, engine.ledger_,
                                                      engine.clock_, *known, std::move(models));
    }
    return engine.backfill_.get();
}

void WarmEngine::Held::forget_models() { engine_.backfill_.reset(); }

}  // namespace tipoff::operate
