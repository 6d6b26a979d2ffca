#pragma once
/// What stands between reading and writing.

#include <string>
#include <vector>

#include "collect/import.h"
#include "collect/import/facts.h"
#include "collect/import/read_all.h"
#include "collect/import/settle_shots.h"

namespace tipoff::collect {

struct StagedImport::Contents {
    ImportReport report;
    Instant now{};  ///< the import's instant on the league's clock

    std::vector<StagedFile> files;
    Facts<Schedule> schedule;
    Facts<PlayerBox> player_boxes;
    Facts<TeamBox> team_boxes;
    std::vector<ShotFact> shots;
    Facts<GameLine> game_lines;
    Facts<PropLine> prop_lines;
    Facts<InjuryTransaction> injuries;
    Facts<Position> positions;

    std::vector<Player> players;
    std::vector<PlayerAlias> aliases;
    std::vector<UnresolvedName> unresolved;

    std::vector<Document> documents;
    std::vector<RejectedRow> rejected;
    std::vector<std::string> read_again;  ///< hashes of documents whose rejected rows are replaced
};

/// The reports, documents and rejected rows of files that are settled.
void make_reports(const ReadFiles& files, const KnownDocuments& known, Instant received_at,
                  StagedImport::Contents& contents);

}  // namespace tipoff::collect
