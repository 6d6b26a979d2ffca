CREATE TABLE ops.alert (
    signature TEXT NOT NULL,
    episode INTEGER NOT NULL,
    severity TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    game_date DATE,
    state TEXT NOT NULL,
    first_raised_at TIMESTAMPTZ NOT NULL,
    last_raised_at TIMESTAMPTZ NOT NULL,
    times_raised BIGINT NOT NULL,
    resolved_at TIMESTAMPTZ,
    row_version BIGINT NOT NULL,
    PRIMARY KEY (signature, episode)
);

CREATE TABLE ops.alert_channel (
    channel TEXT NOT NULL,
    last_test_at TIMESTAMPTZ,
    last_test_arrived BOOLEAN NOT NULL,
    last_success_at TIMESTAMPTZ,
    last_failure_at TIMESTAMPTZ,
    failures BIGINT NOT NULL,
    reason TEXT NOT NULL,
    row_version BIGINT NOT NULL,
    PRIMARY KEY (channel)
);

CREATE TABLE ops.alert_notice (
    channel TEXT NOT NULL,
    signature TEXT NOT NULL,
    episode INTEGER NOT NULL,
    told_times BIGINT NOT NULL,
    told_end BOOLEAN NOT NULL,
    telling_by TEXT NOT NULL,
    telling_times BIGINT NOT NULL,
    telling_end BOOLEAN NOT NULL,
    row_version BIGINT NOT NULL,
    PRIMARY KEY (channel, signature, episode)
);

CREATE TABLE ops.outbox (
    message_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    kind TEXT NOT NULL,
    severity TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL,
    not_before TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    in_flight_since TIMESTAMPTZ,
    sent_at TIMESTAMPTZ,
    error TEXT NOT NULL,
    row_version BIGINT NOT NULL,
    PRIMARY KEY (message_id)
);
