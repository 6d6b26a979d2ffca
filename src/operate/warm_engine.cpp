#include "operate/warm_engine.h"

#include "forecast/models_in_service.h"
#include "ledger/input_changes.h"

namespace tipoff::operate {

Expected<std::shared_ptr<const Facts>> SharedFacts::current() {
    const std::lock_guard lock(mutex_);
    if (facts_) {
        TIPOFF_TRY(const bool are_current, facts_->are_current(database_));
        if (are_current) return facts_;
    }
    facts_.reset();
    TIPOFF_TRY(facts_, Facts::load(database_));
    return facts_;
}

WarmEngine::WarmEngine(SharedFacts& shared, store::Database& database, ledger::Ledger& ledger,
                       const Clock& clock, std::filesystem::path home)
    : shared_(shared),
      database_(database),
      ledger_(ledger),
      clock_(clock),
      home_(std::move(home)) {}

WarmEngine::~WarmEngine() = default;

Expected<const Facts*> WarmEngine::facts() {
    TIPOFF_TRY(auto current, shared_.current());
    if (current != facts_) {
        backfill_.reset();
        facts_ = std::move(current);
    }
    return facts_.get();
}

Expected<Backfill*> WarmEngine::backfill() {
    TIPOFF_TRY(const Facts* const known, facts());
    // Whoever trains: in this process or another.
    TIPOFF_TRY(const std::int64_t training,
               ledger::newest_success(database_, "step = 'train'", {}));
    if (!backfill_ || training != newest_training_) {
        backfill_.reset();
        TIPOFF_TRY(auto models, forecast::ModelsInService::open(home_, database_));
        backfill_ =
            std::make_unique<Backfill>(database_, ledger_, clock_, *known, std::move(models));
        newest_training_ = training;
    }
    return backfill_.get();
}

}  // namespace tipoff::operate
