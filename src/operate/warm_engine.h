#pragma once
/// The facts of a home and the fold over them, kept in memory between uses.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>

#include "base/clock.h"
#include "base/error.h"
#include "ledger/ledger.h"
#include "operate/backfill.h"
#include "operate/facts.h"
#include "store/database.h"

namespace tipoff::operate {

/// Facts for all who compute in this process. Any thread may ask.
class SharedFacts {
public:
    /// `database` outlives it.
    explicit SharedFacts(store::Database& database) : database_(database) {}

    /// What is stated by now; read again where anything was stated since. Who still works on older
    /// facts keeps them.
    Expected<std::shared_ptr<const Facts>> current();

private:
    store::Database& database_;
    std::mutex mutex_;
    std::shared_ptr<const Facts> facts_;
};

/// A fold over them for one who computes. One thread at a time.
class WarmEngine {
public:
    /// All outlive it.
    WarmEngine(SharedFacts& shared, store::Database& database, ledger::Ledger& ledger,
               const Clock& clock, std::filesystem::path home);
    ~WarmEngine();

    /// What is stated by now.
    Expected<const Facts*> facts();

    /// Over those facts, with the models that are in service by now.
    Expected<Backfill*> backfill();

    [[nodiscard]] const std::filesystem::path& home() const { return home_; }

private:
    SharedFacts& shared_;
    store::Database& database_;
    ledger::Ledger& ledger_;
    const Clock& clock_;
    std::filesystem::path home_;
    std::shared_ptr<const Facts> facts_;
    std::unique_ptr<Backfill> backfill_;  ///< over `facts_`
    std::int64_t newest_training_ = 0;    ///< whose models it has
};

}  // namespace tipoff::operate
