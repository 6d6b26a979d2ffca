#pragma once
/// The facts of a home and the fold over them, kept in memory between uses by whoever computes in
/// this process.

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

class WarmEngine {
public:
    /// All outlive it.
    WarmEngine(store::Database& database, ledger::Ledger& ledger, const Clock& clock,
               std::filesystem::path home);
    ~WarmEngine();

    /// The engine in the hands of one: others wait until it is let go.
    class Held {
    public:
        explicit Held(WarmEngine& engine) : engine_(engine), lock_(engine.mutex_) {}

        /// What is stated by now; read again where anything was stated since.
        Expected<const Facts*> facts();

        /// Over those facts, with the models in service.
        Expected<Backfill*> backfill();

        /// Other models are in service now.
        void forget_models();

    private:
        WarmEngine& engine_;
        std::unique_lock<std::mutex> lock_;
    };

    [[nodiscard]] Held hold() { return Held(*this); }

    [[nodiscard]] const std::filesystem::path& home() const { return home_; }

private:
    store::Database& database_;
    ledger::Ledger& ledger_;
    const Clock& clock_;
    std::filesystem::path home_;
    std::mutex mutex_;
    std::unique_ptr<Facts> facts_;
    std::unique_ptr<Backfill> backfill_;  ///< over `facts_`
};

}  // namespace tipoff::operate
