CREATE TABLE ops.leader (
    role TEXT NOT NULL,
    owner TEXT NOT NULL,
    lease_until TIMESTAMPTZ NOT NULL,
    row_version BIGINT NOT NULL,
    PRIMARY KEY (role)
);
