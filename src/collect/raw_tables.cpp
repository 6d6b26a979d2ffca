#include "collect/raw_tables.h"

#include "collect/collected_tables.h"
#include "collect/notes.h"

namespace tipoff::collect {

const store::Table<Document> kDocument{
    "raw",
    "document",
    "Every file and answer that was taken in, kept or dropped.",
    {
        store::shared_key<&Document::source>(
            "source", "Who gave it: \"import\", or the source that was asked."),
        store::key<&Document::content_hash>("content_hash", "BLAKE2b-256 of its bytes, hex."),
        store::value<&Document::kind>(
            "kind",
            "What its columns say it is: \"player_box\", ...; \"unknown\" when "
            "none fits."),
        store::bookkeeping<&Document::file_name>(
            "file_name", "The name it had, without its folder; the URL of an answer."),
        store::value<&Document::size_bytes>("size_bytes", "Size in bytes, as it came."),
        store::value<&Document::outcome>(
            "outcome", "\"kept\", with what could not be resolved yet, or why it was dropped."),
        store::value<&Document::rows_read>("rows_read", "Rows after the header."),
        store::value<&Document::rows_kept>("rows_kept",
                                           "Rows that became facts, exact duplicates included."),
        store::value<&Document::rows_rejected>("rows_rejected",
                                               "Rows that were refused; see raw.rejected_row."),
        store::value<&Document::reader_version>("reader_version",
                                                "A newer reader reads the document again."),
        store::bookkeeping<&Document::received_at>(
            "received_at", "When the import read it, by the wall clock; when it was answered."),
    }};

const store::Table<RejectedRow> kRejectedRow{
    "raw",
    "rejected_row",
    "Rows of a document that were refused, and why.",
    {
        store::key<&RejectedRow::document_hash>("document_hash", "The document."),
        store::key<&RejectedRow::line>("line",
                                       "Physical line, the header being 1; 0 for the whole file."),
        store::key<&RejectedRow::column_name>(
            "column_name", "The column at fault; empty when it is the whole row."),
        store::value<&RejectedRow::reason>("reason", "Why it was refused."),
        store::value<&RejectedRow::value>("value", "The text that was refused, cut to 80 bytes."),
    }};

const store::Table<Schedule> kSchedule{
    "raw",
    "schedule",
    "Games as the schedule states them.",
    {
        store::shared_key<&Schedule::source>("source", "The kind of document that states it."),
        store::key<&Schedule::game_id>("game_id", "The game."),
        store::shared_key<&Schedule::revision>(
            "revision", "0 is the first statement of the source; each changed one counts up."),
        store::value<&Schedule::game_date>("game_date", "The league's day."),
        store::value<&Schedule::tip_off>("tip_off", "Scheduled start."),
        store::value<&Schedule::status>(
            "status", "\"scheduled\", \"in_progress\", \"final\", \"postponed\"."),
        store::value<&Schedule::home_team_id>("home_team_id", "The home team."),
        store::value<&Schedule::away_team_id>("away_team_id", "The visiting team."),
        store::value<&Schedule::home_points>("home_points", "Final score; NULL before."),
        store::value<&Schedule::away_points>("away_points", "Final score; NULL before."),
        store::value<&Schedule::arena>("arena", "The arena's name."),
        store::value<&Schedule::city>("city", "The city's name."),
        store::value<&Schedule::known_at>(
            "known_at", "When the score became known; the pairing counts as known all season."),
        store::value<&Schedule::known_at_basis>(
            "known_at_basis", "\"assumed\", \"assumed_closing\" or \"observed\"."),
        store::value<&Schedule::document_hash>("document_hash",
                                               "Content hash of the document that states it."),
    }};

const store::Table<PlayerBox> kPlayerBox{
    "raw",
    "player_box",
    "A player in the box score of a game; who did not play has no row.",
    {
        store::shared_key<&PlayerBox::source>("source",
                                              "\"player_box\", \"player_box_playoffs\", "
                                              "\"player_box_playoffs_compact\"."),
        store::key<&PlayerBox::game_id>("game_id", "The game."),
        store::key<&PlayerBox::player_id>("player_id", "The player."),
        store::shared_key<&PlayerBox::revision>(
            "revision", "0 is the first statement of the source; each changed one counts up."),
        store::value<&PlayerBox::game_date>("game_date", "The league's day."),
        store::value<&PlayerBox::team_id>("team_id", "The team."),
        store::value<&PlayerBox::player_name>("player_name", "The name as written."),
        store::value<&PlayerBox::minutes>(
            "minutes", "Whole minutes, as the league rounds; 0 is some seconds."),
        store::value<&PlayerBox::points>("points", "Points."),
        store::value<&PlayerBox::field_goals_made>("field_goals_made", "Field goals made."),
        store::value<&PlayerBox::field_goals_attempted>("field_goals_attempted",
                                                        "Field goals attempted."),
        store::value<&PlayerBox::three_pointers_made>("three_pointers_made",
                                                      "Three-pointers made."),
        store::value<&PlayerBox::three_pointers_attempted>("three_pointers_attempted",
                                                           "Three-pointers attempted."),
        store::value<&PlayerBox::free_throws_made>("free_throws_made", "Free throws made."),
        store::value<&PlayerBox::free_throws_attempted>("free_throws_attempted",
                                                        "Free throws attempted."),
        store::value<&PlayerBox::offensive_rebounds>("offensive_rebounds", "Offensive rebounds."),
        store::value<&PlayerBox::defensive_rebounds>("defensive_rebounds", "Defensive rebounds."),
        store::value<&PlayerBox::rebounds>("rebounds", "Rebounds."),
        store::value<&PlayerBox::assists>("assists", "Assists."),
        store::value<&PlayerBox::steals>("steals", "Steals."),
        store::value<&PlayerBox::blocks>("blocks", "Blocks."),
        store::value<&PlayerBox::turnovers>("turnovers", "Turnovers."),
        store::value<&PlayerBox::personal_fouls>("personal_fouls", "Personal fouls."),
        store::value<&PlayerBox::plus_minus>("plus_minus", "Margin while on court."),
        store::value<&PlayerBox::started>("started", "NULL where the source has no starters."),
        store::value<&PlayerBox::known_at>("known_at", "When the fact became known."),
        store::value<&PlayerBox::known_at_basis>(
            "known_at_basis", "\"assumed\", \"assumed_closing\" or \"observed\"."),
        store::value<&PlayerBox::document_hash>("document_hash",
                                                "Content hash of the document that states it."),
    }};

const store::Table<TeamBox> kTeamBox{
    "raw",
    "team_box",
    "A team in the box score of a game.",
    {
        store::shared_key<&TeamBox::source>("source", "The kind of document that states it."),
        store::key<&TeamBox::game_id>("game_id", "The game."),
        store::key<&TeamBox::team_id>("team_id", "The team."),
        store::shared_key<&TeamBox::revision>(
            "revision", "0 is the first statement of the source; each changed one counts up."),
        store::value<&TeamBox::game_date>("game_date", "The league's day."),
        store::value<&TeamBox::minutes>(
            "minutes", "Of all players together: 240 and 25 an overtime, rounded."),
        store::value<&TeamBox::points>("points", "Points."),
        store::value<&TeamBox::field_goals_made>("field_goals_made", "Field goals made."),
        store::value<&TeamBox::field_goals_attempted>("field_goals_attempted",
                                                      "Field goals attempted."),
        store::value<&TeamBox::three_pointers_made>("three_pointers_made", "Three-pointers made."),
        store::value<&TeamBox::three_pointers_attempted>("three_pointers_attempted",
                                                         "Three-pointers attempted."),
        store::value<&TeamBox::free_throws_made>("free_throws_made", "Free throws made."),
        store::value<&TeamBox::free_throws_attempted>("free_throws_attempted",
                                                      "Free throws attempted."),
        store::value<&TeamBox::offensive_rebounds>("offensive_rebounds", "Offensive rebounds."),
        store::value<&TeamBox::defensive_rebounds>("defensive_rebounds", "Defensive rebounds."),
        store::value<&TeamBox::rebounds>("rebounds", "Rebounds."),
        store::value<&TeamBox::assists>("assists", "Assists."),
        store::value<&TeamBox::steals>("steals", "Steals."),
        store::value<&TeamBox::blocks>("blocks", "Blocks."),
        store::value<&TeamBox::turnovers>("turnovers", "Turnovers."),
        store::value<&TeamBox::personal_fouls>("personal_fouls", "Personal fouls."),
        store::value<&TeamBox::known_at>("known_at", "When the fact became known."),
        store::value<&TeamBox::known_at_basis>("known_at_basis",
                                               "\"assumed\", \"assumed_closing\" or \"observed\"."),
        store::value<&TeamBox::document_hash>("document_hash",
                                              "Content hash of the document that states it."),
    }};

const store::Table<Shot> kShot{
    "raw",
    "shot",
    "Field-goal attempts with their place on the court.",
    {
        store::shared_key<&Shot::source>("source",
                                         "\"shots\" (shotchartdetail), \"shots_partial\"."),
        store::key<&Shot::game_id>("game_id", "The game."),
        store::key<&Shot::event>(
            "event",
            "The source's event id, else the ordinal in a stated order within the "
            "game."),
        store::shared_key<&Shot::revision>(
            "revision", "0 is the first statement of the source; each changed one counts up."),
        store::value<&Shot::game_date>("game_date", "The league's day."),
        store::value<&Shot::team_id>("team_id", "The team."),
        store::value<&Shot::player_id>("player_id", "The player."),
        store::value<&Shot::period>("period", "1 to 4, overtimes from 5."),
        store::value<&Shot::seconds_left>("seconds_left", "Seconds left in the period."),
        store::value<&Shot::zone>("zone",
                                  "0 restricted area, 1 paint, 2 mid-range, 3 left corner 3, "
                                  "4 right corner 3, 5 above the break 3, 6 backcourt."),
        store::value<&Shot::made>("made", "Whether it went in."),
        store::value<&Shot::three_pointer>("three_pointer", "Whether it counted three."),
        store::value<&Shot::x_feet>(
            "x_feet", "Feet from the hoop along the baseline, the sign as the source."),
        store::value<&Shot::y_feet>("y_feet", "Feet from the hoop towards the other one."),
        store::value<&Shot::distance_feet>("distance_feet",
                                           "From the hoop, whole feet, as the source states it."),
        store::value<&Shot::known_at>("known_at", "When the fact became known."),
        store::value<&Shot::known_at_basis>("known_at_basis",
                                            "\"assumed\", \"assumed_closing\" or \"observed\"."),
        store::value<&Shot::document_hash>("document_hash",
                                           "Content hash of the document that states it."),
    }};

const store::Table<GameLine> kGameLine{
    "raw",
    "game_line",
    "Totals, spreads and moneylines that a book offered.",
    {
        store::shared_key<&GameLine::source>("source", "The kind of document that states it."),
        store::key<&GameLine::game_id>("game_id", "The game."),
        store::shared_key<&GameLine::market>(
            "market",
            "\"total\", \"spread\" (home side's handicap: -7 = home favoured by "
            "7), \"moneyline\"."),
        store::shared_key<&GameLine::book>("book", "The sportsbook."),
        store::key<&GameLine::line_value>("line_value", "The number offered; 0 for a moneyline."),
        store::key<&GameLine::snapshot>(
            "snapshot",
            "When the offer stood; tip-off less a minute where the source has no clock."),
        store::value<&GameLine::game_date>("game_date", "The league's day."),
        store::value<&GameLine::home_or_over_price>("home_or_over_price",
                                                    "American odds of the home side or the over."),
        store::value<&GameLine::away_or_under_price>(
            "away_or_under_price", "American odds of the away side or the under."),
        store::value<&GameLine::in_play>(
            "in_play", "Taken during or after the game: for no feature and no grade."),
        store::value<&GameLine::known_at>("known_at", "When the fact became known."),
        store::value<&GameLine::known_at_basis>(
            "known_at_basis", "\"assumed\", \"assumed_closing\" or \"observed\"."),
        store::value<&GameLine::document_hash>("document_hash",
                                               "Content hash of the document that states it."),
    }};

const store::Table<PropLine> kPropLine{
    "raw",
    "prop_line",
    "Lines on a player's statistic that a book offered.",
    {
        store::shared_key<&PropLine::source>("source", "The kind of document that states it."),
        store::key<&PropLine::game_id>("game_id", "The game."),
        store::key<&PropLine::player_id>("player_id", "The player."),
        store::shared_key<&PropLine::market>(
            "market",
            "\"points\", \"rebounds\", \"assists\", \"threes\", \"pra\", \"pr\", "
            "\"pa\", \"ra\", \"steals\", ..."),
        store::shared_key<&PropLine::book>("book", "The sportsbook."),
        store::key<&PropLine::line_value>("line_value", "The number offered."),
        store::key<&PropLine::snapshot>(
            "snapshot",
            "When the offer stood; tip-off less a minute where the source has no "
            "clock."),
        store::value<&PropLine::game_date>("game_date", "The league's day."),
        store::value<&PropLine::over_price>("over_price", "American odds."),
        store::value<&PropLine::under_price>("under_price", "American odds."),
        store::value<&PropLine::in_play>(
            "in_play", "Taken during or after the game: for no feature and no grade."),
        store::value<&PropLine::known_at>("known_at", "When the fact became known."),
        store::value<&PropLine::known_at_basis>(
            "known_at_basis", "\"assumed\", \"assumed_closing\" or \"observed\"."),
        store::value<&PropLine::document_hash>("document_hash",
                                               "Content hash of the document that states it."),
    }};

const store::Table<InjuryTransaction> kInjuryTransaction{
    "raw",
    "injury_transaction",
    "Players who went out hurt and who came back, by day.",
    {
        store::shared_key<&InjuryTransaction::source>("source",
                                                      "The kind of document that states it."),
        store::key<&InjuryTransaction::transaction_date>("transaction_date",
                                                         "The day of the transaction."),
        store::key<&InjuryTransaction::team_id>("team_id", "The team."),
        store::key<&InjuryTransaction::ordinal>(
            "ordinal", "Counts from 0 in a stated order within the date and team."),
        store::value<&InjuryTransaction::player_name>("player_name",
                                                      "As written; \"A / B\" names are aliases."),
        store::value<&InjuryTransaction::player_id>("player_id",
                                                    "NULL while the name is unresolved."),
        store::value<&InjuryTransaction::returned>("returned", "True: came back; false: went out."),
        store::value<&InjuryTransaction::notes>("notes", "Free text of the source."),
        store::value<&InjuryTransaction::known_at>("known_at", "When the fact became known."),
        store::value<&InjuryTransaction::known_at_basis>(
            "known_at_basis", "\"assumed\", \"assumed_closing\" or \"observed\"."),
        store::value<&InjuryTransaction::document_hash>(
            "document_hash", "Content hash of the document that states it."),
    }};

const store::Table<Position> kPosition{
    "raw",
    "position",
    "A player's position on the roster of a season.",
    {
        store::shared_key<&Position::source>("source", "The kind of document that states it."),
        store::shared_key<&Position::season>("season", "The season."),
        store::key<&Position::player_id>("player_id", "The player."),
        store::value<&Position::team_id>("team_id", "The team of the snapshot."),
        store::value<&Position::position>("position", "\"G\", \"F\", \"C\", \"G-F\", ..."),
        store::value<&Position::known_at>("known_at", "When the fact became known."),
        store::value<&Position::known_at_basis>(
            "known_at_basis", "\"assumed\", \"assumed_closing\" or \"observed\"."),
        store::value<&Position::document_hash>("document_hash",
                                               "Content hash of the document that states it."),
    }};

const store::Table<Player> kPlayer{
    "ref",
    "player",
    "Every player that a source with ids has named.",
    {
        store::key<&Player::player_id>("player_id", "The player."),
        store::value<&Player::player_name>("player_name",
                                           "The newest spelling of the best source."),
        store::value<&Player::folded_name>("folded_name", "The name folded for comparison."),
        store::value<&Player::first_seen>("first_seen", "Earliest date of a statement."),
        store::value<&Player::last_seen>("last_seen", "Latest date of a statement."),
    }};

const store::Table<PlayerAlias> kPlayerAlias{
    "ref",
    "player_alias",
    "A name of a source in a team's season, and the player behind it.",
    {
        store::shared_key<&PlayerAlias::source>("source", "The kind of document that states it."),
        store::key<&PlayerAlias::folded_name>("folded_name", "The name folded for comparison."),
        store::key<&PlayerAlias::team_id>("team_id", "The team."),
        store::key<&PlayerAlias::season>("season", "The season."),
        store::value<&PlayerAlias::player_id>("player_id", "The player."),
        store::value<&PlayerAlias::basis>(
            "basis", "\"exact\", \"suffix\", \"alias\", \"league\", \"id\" or \"manual\"."),
    }};

const store::Table<UnresolvedName> kUnresolvedName{
    "ref",
    "unresolved_name",
    "Names that no player was found for.",
    {
        store::shared_key<&UnresolvedName::source>("source",
                                                   "The kind of document that states it."),
        store::key<&UnresolvedName::folded_name>("folded_name", "The name folded for comparison."),
        store::key<&UnresolvedName::team_id>("team_id", "The team of the statement."),
        store::key<&UnresolvedName::season>("season", "The season."),
        store::value<&UnresolvedName::player_name>("player_name", "As it was written."),
        store::value<&UnresolvedName::occurrences>("occurrences", "Statements with this name."),
        store::value<&UnresolvedName::first_seen>("first_seen", "Earliest date of a statement."),
        store::value<&UnresolvedName::last_seen>("last_seen", "Latest date of a statement."),
    }};

const store::Table<Team> kTeam{
    "ref",
    "team",
    "The thirty teams and where they play.",
    {
        store::key<&Team::team_id>("team_id", "NBA.com's id."),
        store::value<&Team::tricode>("tricode", "Three letters, as NBA.com writes them today."),
        store::value<&Team::full_name>("full_name", "Place and nickname."),
        store::value<&Team::nickname>("nickname", "Nickname."),
        store::value<&Team::conference>("conference", "East or West."),
        store::value<&Team::city>("city", "The city of the arena."),
        store::value<&Team::latitude>("latitude", "Degrees north, of the arena."),
        store::value<&Team::longitude>("longitude", "Degrees east, of the arena."),
        store::value<&Team::time_zone>("time_zone", "IANA name of the arena's time zone."),
    }};

std::vector<const store::TableSpec*> raw_tables() {
    std::vector<const store::TableSpec*> tables{
        &kDocument.spec(),    &kGameLine.spec(),       &kInjuryTransaction.spec(),
        &kPlayerBox.spec(),   &kPosition.spec(),       &kPropLine.spec(),
        &kRejectedRow.spec(), &kSchedule.spec(),       &kShot.spec(),
        &kTeamBox.spec(),     &kPlayer.spec(),         &kPlayerAlias.spec(),
        &kTeam.spec(),        &kUnresolvedName.spec(), &kNote.spec(),
    };
    const auto collected = collected_tables();
    tables.insert(tables.end(), collected.begin(), collected.end());
    return tables;
}

}  // namespace tipoff::collect
