CREATE TABLE ops.source_breaker (
    source TEXT NOT NULL,
    failures INTEGER NOT NULL,
    open_until TIMESTAMPTZ,
    reason TEXT NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (source)
);

CREATE TABLE ops.source_quota (
    source TEXT NOT NULL,
    requests_left BIGINT NOT NULL,
    observed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (source)
);

CREATE TABLE raw.active_player (
    source TEXT NOT NULL,
    season TEXT NOT NULL,
    source_player_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    player_name TEXT NOT NULL,
    player_id BIGINT,
    team_id BIGINT,
    jersey_number TEXT NOT NULL,
    position TEXT NOT NULL,
    on_roster BOOLEAN NOT NULL,
    known_at TIMESTAMPTZ NOT NULL,
    known_at_basis TEXT NOT NULL,
    document_hash TEXT NOT NULL,
    PRIMARY KEY (source, season, revision, source_player_id)
);

CREATE TABLE raw.br_roster (
    source TEXT NOT NULL,
    season TEXT NOT NULL,
    team_id BIGINT NOT NULL,
    folded_name TEXT NOT NULL,
    revision INTEGER NOT NULL,
    player_name TEXT NOT NULL,
    player_id BIGINT,
    source_player_id TEXT NOT NULL,
    jersey_number TEXT NOT NULL,
    position TEXT NOT NULL,
    height_inches INTEGER,
    weight_pounds INTEGER,
    birth_date DATE,
    country TEXT NOT NULL,
    experience_years INTEGER,
    college TEXT NOT NULL,
    status TEXT NOT NULL,
    known_at TIMESTAMPTZ NOT NULL,
    known_at_basis TEXT NOT NULL,
    closed_at TIMESTAMPTZ,
    document_hash TEXT NOT NULL,
    PRIMARY KEY (source, season, team_id, folded_name, revision)
);

CREATE TABLE raw.espn_roster (
    source TEXT NOT NULL,
    season TEXT NOT NULL,
    team_id BIGINT NOT NULL,
    folded_name TEXT NOT NULL,
    revision INTEGER NOT NULL,
    player_name TEXT NOT NULL,
    player_id BIGINT,
    source_player_id TEXT NOT NULL,
    jersey_number TEXT NOT NULL,
    position TEXT NOT NULL,
    height_inches INTEGER,
    weight_pounds INTEGER,
    birth_date DATE,
    country TEXT NOT NULL,
    experience_years INTEGER,
    college TEXT NOT NULL,
    status TEXT NOT NULL,
    known_at TIMESTAMPTZ NOT NULL,
    known_at_basis TEXT NOT NULL,
    closed_at TIMESTAMPTZ,
    document_hash TEXT NOT NULL,
    PRIMARY KEY (source, season, team_id, folded_name, revision)
);

CREATE TABLE raw.inactive_player (
    source TEXT NOT NULL,
    game_id TEXT NOT NULL,
    team_id BIGINT NOT NULL,
    folded_name TEXT NOT NULL,
    revision INTEGER NOT NULL,
    game_date DATE NOT NULL,
    player_name TEXT NOT NULL,
    player_id BIGINT,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    known_at TIMESTAMPTZ NOT NULL,
    known_at_basis TEXT NOT NULL,
    document_hash TEXT NOT NULL,
    PRIMARY KEY (source, revision, game_id, team_id, folded_name)
);

CREATE TABLE raw.injury_report (
    source TEXT NOT NULL,
    reported_at TIMESTAMPTZ NOT NULL,
    team_id BIGINT NOT NULL,
    folded_name TEXT NOT NULL,
    game_date DATE NOT NULL,
    game_id TEXT,
    player_name TEXT NOT NULL,
    player_id BIGINT,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    expected_return TEXT NOT NULL,
    known_at TIMESTAMPTZ NOT NULL,
    known_at_basis TEXT NOT NULL,
    document_hash TEXT NOT NULL,
    PRIMARY KEY (source, reported_at, team_id, folded_name, game_date)
);

CREATE TABLE raw.play_by_play (
    source TEXT NOT NULL,
    game_id TEXT NOT NULL,
    action INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    game_date DATE NOT NULL,
    period SMALLINT NOT NULL,
    seconds_left DOUBLE PRECISION,
    team_id BIGINT,
    player_id BIGINT,
    action_type TEXT NOT NULL,
    sub_type TEXT NOT NULL,
    description TEXT NOT NULL,
    home_points INTEGER NOT NULL,
    away_points INTEGER NOT NULL,
    known_at TIMESTAMPTZ NOT NULL,
    known_at_basis TEXT NOT NULL,
    document_hash TEXT NOT NULL,
    PRIMARY KEY (source, revision, game_id, action)
);

CREATE TABLE raw.standings (
    source TEXT NOT NULL,
    season TEXT NOT NULL,
    team_id BIGINT NOT NULL,
    revision INTEGER NOT NULL,
    wins INTEGER NOT NULL,
    losses INTEGER NOT NULL,
    conference TEXT NOT NULL,
    conference_rank INTEGER NOT NULL,
    division TEXT NOT NULL,
    division_rank INTEGER,
    conference_record TEXT NOT NULL,
    division_record TEXT NOT NULL,
    home_record TEXT NOT NULL,
    road_record TEXT NOT NULL,
    known_at TIMESTAMPTZ NOT NULL,
    known_at_basis TEXT NOT NULL,
    document_hash TEXT NOT NULL,
    PRIMARY KEY (source, season, team_id, revision)
);

CREATE TABLE ref.game_alias (
    source TEXT NOT NULL,
    source_game_id TEXT NOT NULL,
    game_id TEXT NOT NULL,
    game_date DATE NOT NULL,
    PRIMARY KEY (source, source_game_id)
);

CREATE TABLE ref.player_source_id (
    source TEXT NOT NULL,
    source_player_id TEXT NOT NULL,
    player_id BIGINT NOT NULL,
    player_name TEXT NOT NULL,
    basis TEXT NOT NULL,
    PRIMARY KEY (source, source_player_id)
);
