CREATE TABLE raw.note (
    player_id BIGINT NOT NULL,
    game_date DATE NOT NULL,
    revision INTEGER NOT NULL,
    kind TEXT NOT NULL,
    minutes DOUBLE PRECISION,
    player_name TEXT NOT NULL,
    known_at TIMESTAMPTZ NOT NULL,
    known_at_basis TEXT NOT NULL,
    document_hash TEXT NOT NULL,
    PRIMARY KEY (revision, player_id, game_date)
);
