// The documents of the API (docs/api.md, docs/commands.md), as far as the pages read them. What is
// not known is null; a field that an older service does not send yet is optional.

/** An instant in UTC, ISO 8601. */
export type Instant = string;
/** A day of the league, YYYY-MM-DD in Eastern time. */
export type Day = string;

/** RFC 9457: what the service says of a request that it did not answer. */
export interface Problem {
    readonly status: number;
    readonly title: string;
    readonly detail: string;
    readonly hint?: string | null;
}

export const markets = ["points", "rebounds", "assists", "threes", "pra"] as const;
export type Market = (typeof markets)[number];

export const systems = [
    "ensemble_v1",
    "xgboost_v1",
    "similarity_v1",
    "zone_matchup_v1",
    "moving_average_v1",
] as const;
export type System = (typeof systems)[number];

export type Pick = "OVER" | "UNDER" | "PASS";

/** The levels of the seven quantiles that a forecast keeps. */
export const quantileLevels = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975] as const;

export interface Distribution {
    readonly mean: number;
    readonly quantiles?: readonly number[] | null;
}

export interface BoardRow extends Distribution {
    readonly game_id: string;
    readonly tip_off: Instant;
    readonly player_id: number;
    readonly player: string;
    readonly team: string;
    readonly opponent: string;
    readonly is_home?: boolean | null;
    readonly status: string;
    readonly p_plays: number | null;
    readonly minutes: number | null;
    readonly market: string;
    readonly book: string | null;
    readonly line: number | null;
    readonly over_price: number | null;
    readonly under_price: number | null;
    readonly p_no_vig: number | null;
    readonly system: string;
    readonly median: number;
    readonly sd: number;
    readonly p_over: number | null;
    readonly p_push: number | null;
    readonly edge: number | null;
    readonly ev: number | null;
    readonly fair_line: number | null;
    readonly grade: string;
    readonly recommendation: Pick | null;
    readonly reason: string | null;
    readonly changed_since: Instant | null;
    readonly previous_mean: number | null;
    readonly previous_p_plays: number | null;
    readonly previous_line: number | null;
    readonly previous_recommendation: Pick | null;
}

export interface RecentGame {
    readonly game_date: Day;
    readonly opponent: string;
    readonly is_home: boolean | null;
    readonly minutes: number | null;
    readonly points: number | null;
    readonly rebounds: number | null;
    readonly assists: number | null;
    readonly threes: number | null;
    readonly pra: number | null;
}

export interface BoardGame {
    readonly game_id: string;
    readonly tip_off: Instant;
    readonly away: string;
    readonly home: string;
    readonly spread: number | null;
    readonly total: number | null;
    readonly state: string;
    readonly away_score: number | null;
    readonly home_score: number | null;
}

export interface Board {
    readonly date: Day;
    readonly as_of: Instant;
    readonly simulated?: boolean;
    readonly rows: readonly BoardRow[];
    readonly recent?: Readonly<Record<string, readonly RecentGame[]>>;
    readonly games?: readonly BoardGame[];
}

export interface FoundPlayer {
    readonly player_id: number;
    readonly name: string;
    readonly first_seen: Day | null;
    readonly last_seen: Day | null;
}

export interface BoxGame {
    readonly game_id: string;
    readonly game_date: Day;
    readonly season_type: string;
    readonly team: string;
    readonly opponent: string;
    readonly is_home: boolean | null;
    readonly started: boolean | null;
    readonly minutes: number | null;
    readonly points: number | null;
    readonly rebounds: number | null;
    readonly assists: number | null;
    readonly threes: number | null;
    readonly steals: number | null;
    readonly blocks: number | null;
    readonly turnovers: number | null;
    readonly usage_rate: number | null;
    readonly true_shooting: number | null;
}

/** How good a system's forecasts of one player were this season. */
export interface PlayerRecord {
    readonly market: string;
    readonly system: string;
    readonly n: number;
    readonly mae: number | null;
    readonly bias: number | null;
    readonly crps: number | null;
}

export interface PlayerDocument {
    readonly player: {
        readonly player_id: number;
        readonly name: string;
        readonly team: string | null;
        readonly first_seen: Day | null;
        readonly last_seen: Day | null;
    };
    readonly recent_games: readonly BoxGame[];
    readonly accuracy: {
        readonly season: string;
        readonly systems: readonly PlayerRecord[];
    } | null;
}

export interface SeasonForecast extends Distribution {
    readonly system: string;
    readonly minutes: number | null;
    readonly as_of: Instant;
    readonly origin: string;
    readonly p_over: number | null;
    readonly p_push: number | null;
}

export interface SeasonGame {
    readonly game_id: string;
    readonly game_date: Day;
    readonly opponent: string;
    readonly is_home: boolean | null;
    readonly minutes: number | null;
    readonly actual: number | null;
    readonly line: number | null;
    readonly rest_days: number | null;
    readonly forecasts: readonly SeasonForecast[];
}

export interface PlayerSeason {
    readonly seasons: readonly string[];
    readonly season: string;
    readonly market: string;
    readonly games: readonly SeasonGame[];
}

export interface Zone {
    readonly zone: string;
    readonly attempts: number | null;
    readonly made: number | null;
    readonly pct: number | null;
    readonly attempt_share: number | null;
    readonly league_pct: number | null;
    readonly defence_pct: number | null;
    readonly defence_league_diff: number | null;
}

export interface Shot {
    readonly x: number;
    readonly y: number;
    readonly made: boolean;
}

export interface PlayerShots {
    readonly date: Day;
    readonly as_of: Instant | null;
    readonly zones: readonly Zone[] | null;
    readonly opponent: string | null;
    readonly window: string | null;
    readonly unit: string;
    readonly attempts: readonly Shot[] | null;
    readonly why: string | null;
}

export interface Split {
    readonly by: string;
    readonly value: string;
    readonly games: number;
    readonly mean: number | null;
    readonly sd: number | null;
    readonly minutes: number | null;
}

export interface Feature {
    readonly name: string;
    readonly value: number | string | boolean | null;
    readonly unit: string | null;
    readonly meaning: string | null;
    readonly group: string | null;
    readonly column: string;
    readonly source: readonly string[];
    readonly as_of: Instant | null;
    readonly why_missing: string | null;
}

export interface PlayerFeatures {
    readonly game_date: Day | null;
    readonly as_of: Instant | null;
    readonly opponent: string | null;
    readonly feature_list_version: number | null;
    readonly quality_score: number | null;
    readonly quality_grade: string | null;
    readonly features: readonly Feature[];
}

/** Accuracy of one system over one slice: a tier, a month, a grade. */
export interface Slice {
    readonly name: string;
    readonly n: number;
    readonly mae: number | null;
    readonly bias: number | null;
    readonly coverage_80: number | null;
    readonly coverage_95: number | null;
    readonly brier: number | null;
    readonly picks: number;
    readonly hit_rate: number | null;
    readonly hit_rate_low: number | null;
    readonly hit_rate_high: number | null;
    readonly roi: number | null;
}

export interface ReliabilityBin {
    readonly from: number;
    readonly to: number;
    readonly n: number;
    readonly predicted: number;
    readonly observed: number;
    readonly low: number;
    readonly high: number;
}

export interface MeanBin {
    readonly from: number;
    readonly to: number | null;
    readonly n: number;
    readonly bias: number | null;
    readonly mae: number | null;
}

export interface SystemAccuracy {
    readonly system: string;
    readonly n: number;
    readonly mae: number | null;
    readonly mae_mean: number | null;
    readonly rmse: number | null;
    readonly bias: number | null;
    readonly crps: number | null;
    readonly coverage_80: number | null;
    readonly coverage_95: number | null;
    readonly brier: number | null;
    readonly log_loss: number | null;
    readonly hit_rate: number | null;
    readonly hit_rate_low: number | null;
    readonly hit_rate_high: number | null;
    readonly picks: number;
    readonly roi: number | null;
    readonly break_even: number | null;
    readonly n_shared: number;
    readonly mae_shared: number | null;
    readonly ratio_to_last_10: number | null;
    readonly ratio_to_season_mean: number | null;
    readonly live: number;
    readonly backfill: number;
    readonly voided: number;
    readonly lined: {
        readonly n: number;
        readonly mae: number | null;
        readonly line_mae: number | null;
        readonly last_10_mae: number | null;
        readonly n_priced: number;
        readonly brier: number | null;
        readonly price_brier: number | null;
    };
    readonly edges: readonly {
        readonly min_edge: number;
        readonly n: number;
        readonly hit_rate: number | null;
        readonly low: number | null;
        readonly high: number | null;
        readonly break_even: number | null;
        readonly roi: number | null;
    }[];
    readonly tiers: readonly Slice[];
    readonly minutes_tiers: readonly Slice[];
    readonly grades: readonly Slice[];
    readonly months: readonly Slice[];
    readonly teams: readonly Slice[];
    readonly reliability: readonly ReliabilityBin[];
    /** How many results fell into each twentieth of their forecast's distribution. */
    readonly pit_counts?: readonly number[];
    readonly by_mean?: readonly MeanBin[];
}

export interface Accuracy {
    readonly from: Day;
    readonly to: Day;
    readonly market: string;
    readonly season_type: string;
    readonly population: { readonly name: string; readonly definition: string; readonly n: number };
    readonly systems: readonly SystemAccuracy[];
    readonly references: readonly {
        readonly name: string;
        readonly n: number;
        readonly mae: number | null;
        readonly n_shared: number;
        readonly mae_shared: number | null;
    }[];
    readonly alarms: readonly { readonly name: string; readonly sentence: string }[];
}
