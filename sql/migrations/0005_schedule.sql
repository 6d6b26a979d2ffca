CREATE TABLE ops.schedule_decision (
    job TEXT NOT NULL,
    decided_at TIMESTAMPTZ NOT NULL,
    ordinal INTEGER NOT NULL,
    logical_time TIMESTAMPTZ,
    game_date DATE,
    verdict TEXT NOT NULL,
    why TEXT NOT NULL,
    next_at TIMESTAMPTZ,
    workflows_version TEXT NOT NULL,
    PRIMARY KEY (job, decided_at, ordinal)
);

CREATE TABLE ops.schedule_state (
    job TEXT NOT NULL,
    paused BOOLEAN NOT NULL,
    paused_by TEXT NOT NULL,
    paused_at TIMESTAMPTZ,
    last_logical_time TIMESTAMPTZ,
    first_seen_at TIMESTAMPTZ NOT NULL,
    row_version BIGINT NOT NULL,
    PRIMARY KEY (job)
);
