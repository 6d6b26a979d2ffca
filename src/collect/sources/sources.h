#pragma once
/// Every source; each is defined in a file of its own name in this folder.

#include "collect/source.h"

namespace tipoff::collect {

extern const Source kBdlActivePlayers;
extern const Source kBdlBoxScores;
extern const Source kBdlGames;
extern const Source kBdlInjuries;
extern const Source kBdlStandings;
extern const Source kBettingprosEvents;
extern const Source kBettingprosPlayerProps;
extern const Source kBrRosters;
extern const Source kEspnBoxscore;
extern const Source kEspnRosters;
extern const Source kEspnScoreboard;
extern const Source kNbacGamebook;
extern const Source kNbacInjuryReport;
extern const Source kNbacPlayByPlay;
extern const Source kNbacPlayerBoxscore;
extern const Source kNbacPlayerList;
extern const Source kNbacSchedule;
extern const Source kNbacTeamBoxscore;
extern const Source kOddsapiEvents;
extern const Source kOddsapiGameLines;
extern const Source kOddsapiPlayerProps;

}  // namespace tipoff::collect
