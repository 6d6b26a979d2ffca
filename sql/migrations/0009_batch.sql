CREATE TABLE ops.batch (
    batch_id TEXT NOT NULL,
    game_date DATE NOT NULL,
    state TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    row_version BIGINT NOT NULL,
    owner TEXT NOT NULL,
    run_id TEXT NOT NULL,
    correlation_id TEXT NOT NULL,
    min_minutes DOUBLE PRECISION,
    systems TEXT NOT NULL,
    markets TEXT NOT NULL,
    as_of TIMESTAMPTZ NOT NULL,
    expected INTEGER NOT NULL,
    forecast INTEGER NOT NULL,
    gaps INTEGER NOT NULL,
    left_out INTEGER NOT NULL,
    rows BIGINT NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    progressed_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (batch_id),
    CHECK ((finished_at IS NULL) = (state = 'running'))
);

CREATE TABLE ops.work_item (
    batch_id TEXT NOT NULL,
    player_id BIGINT NOT NULL,
    game_id TEXT NOT NULL,
    game_date DATE NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    worker TEXT NOT NULL,
    PRIMARY KEY (batch_id, player_id)
);

CREATE TABLE predictions.batch_summary (
    batch_id TEXT NOT NULL,
    market TEXT NOT NULL,
    system_id TEXT NOT NULL,
    game_date DATE NOT NULL,
    as_of TIMESTAMPTZ NOT NULL,
    players INTEGER NOT NULL,
    mean DOUBLE PRECISION,
    lined INTEGER NOT NULL,
    over_picks INTEGER NOT NULL,
    under_picks INTEGER NOT NULL,
    pass_picks INTEGER NOT NULL,
    run_id TEXT NOT NULL,
    PRIMARY KEY (batch_id, market, system_id)
);
