// The documents about the work itself: what is missing, what ran, when each table is due.

import type { Day, Instant } from "./types";

export interface Gap {
    readonly date: Day;
    readonly game_id: string;
    readonly player_id: number | null;
    readonly player: string;
    readonly team: string;
    readonly reason: string;
    readonly detail: string;
}

export interface Coverage {
    readonly date?: Day;
    readonly market: string;
    readonly expected: number;
    readonly predicted: number;
    readonly voided: number;
    readonly gaps: readonly Gap[];
    readonly reasons: Readonly<Record<string, number>>;
    readonly void_reasons: Readonly<Record<string, number>>;
    readonly lines: {
        readonly lined: number;
        readonly no_line_yet: number;
        readonly no_line: number;
    };
}

/** Four lights of a table; each reads "green: why". */
export interface TableLights {
    readonly step: string;
    readonly table: string;
    readonly job: string;
    readonly age: string;
    readonly completeness: string;
    readonly sanity: string;
    readonly held: number;
    readonly expected: number;
    readonly unit: string;
    readonly findings: readonly {
        readonly column: string;
        readonly light: string;
        readonly says: string;
    }[];
}

export interface DayStatus {
    readonly date: Day;
    readonly games: number;
    readonly lights: readonly TableLights[];
}

export interface Run {
    readonly run_id: string;
    readonly step: string;
    readonly scope: string;
    readonly job?: string | null;
    readonly game_date: Day | null;
    readonly state: string;
    readonly attempt: number;
    readonly planned_at?: Instant | null;
    readonly not_before?: Instant | null;
    readonly waits_for?: string | null;
    readonly started_at: Instant | null;
    readonly finished_at: Instant | null;
    readonly heartbeat_at?: Instant | null;
    readonly rows: number | null;
    readonly merges: number | null;
    readonly reason: string | null;
    readonly detail: string | null;
}

export interface RunDocument {
    readonly source: string;
    readonly key: string;
    readonly fetched_at: Instant;
    readonly status: number | null;
    readonly outcome: string;
    readonly bytes: number | null;
    readonly hash: string | null;
}

export interface SourceDeclaration {
    readonly source: string;
    readonly what: string;
    readonly writes: readonly string[];
    readonly workflows: readonly string[];
}

export interface StepDeclaration {
    readonly step: string;
    readonly workflows: readonly string[];
    readonly reads: readonly string[];
    readonly writes: readonly string[];
    readonly after: readonly string[];
    readonly sources: readonly SourceDeclaration[];
}

export interface Dataset {
    readonly table: string;
    readonly step: string;
    readonly jobs: readonly string[];
    readonly source: string | null;
    readonly schedule: string | null;
    readonly should_update_at: Instant | null;
    readonly next_update_at: Instant | null;
    readonly last_success_at: Instant | null;
    readonly last_change_at: Instant | null;
    readonly last_run: {
        readonly run_id: string;
        readonly state: string;
        readonly reason: string | null;
    } | null;
    readonly rows: number | null;
    readonly state: string;
    readonly why: string | null;
}

export interface Alert {
    readonly severity: string;
    readonly state: string;
    readonly title: string;
    readonly times_raised: number;
    readonly first_raised_at: Instant;
    readonly last_raised_at: Instant;
    readonly resolved_at: Instant | null;
    readonly signature: string;
}

export interface Health {
    readonly status: string;
    readonly version: string;
    readonly commit: string;
    readonly league_now: Instant;
}
