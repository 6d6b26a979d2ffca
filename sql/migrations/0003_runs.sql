CREATE TEMPORARY TABLE run_before AS SELECT * FROM ops.run;

DROP TABLE ops.run;

CREATE TABLE ops.run (
    run_id TEXT NOT NULL,
    step TEXT NOT NULL,
    scope TEXT NOT NULL,
    job TEXT NOT NULL,
    logical_time TIMESTAMPTZ NOT NULL,
    revision INTEGER NOT NULL,
    game_date DATE,
    scope_from DATE,
    scope_to DATE,
    state TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    most_attempts INTEGER NOT NULL,
    fencing_token BIGINT NOT NULL,
    row_version BIGINT NOT NULL,
    owner TEXT NOT NULL,
    planned_at TIMESTAMPTZ NOT NULL,
    not_before TIMESTAMPTZ,
    deadline TIMESTAMPTZ,
    waits_for TEXT NOT NULL,
    started_at TIMESTAMPTZ,
    finished_at TIMESTAMPTZ,
    heartbeat_at TIMESTAMPTZ,
    lease_until TIMESTAMPTZ,
    rows BIGINT NOT NULL,
    merges BIGINT NOT NULL,
    input_hash TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (run_id),
    CHECK ((finished_at IS NOT NULL) = (state IN ('succeeded', 'degraded', 'empty_ok', 'failed', 'skipped', 'cancelled', 'abandoned')))
);

INSERT INTO ops.run
SELECT run_id, step, scope, '', started_at, 1, game_date, scope_from, scope_to, state, attempt, attempt,
    fencing_token, row_version, owner, started_at, NULL, NULL, '', started_at, finished_at, heartbeat_at,
    lease_until, rows, merges, input_hash, reason, detail
FROM run_before;

DROP TABLE run_before;

CREATE TABLE ops.input_change (
    table_name TEXT NOT NULL,
    part TEXT NOT NULL,
    fencing_token BIGINT NOT NULL,
    run_id TEXT NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (table_name, part)
);
