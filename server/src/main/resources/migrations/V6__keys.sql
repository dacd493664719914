-- Who may call the API, and what was answered to calls that may be repeated.

-- A client's keys. Only a digest is kept: the key itself is shown once.
CREATE TABLE api_key (
    client_id  text        NOT NULL REFERENCES client,
    key_id     uuid        NOT NULL,
    name       text        NOT NULL,
    digest     bytea       NOT NULL,                      -- SHA-256 of the key's secret part
    created_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, key_id)
);

CREATE TABLE admin_key (
    only_one   boolean     PRIMARY KEY DEFAULT true CHECK (only_one),
    digest     bytea       NOT NULL,                      -- HMAC of the key with the secret key
    created_at timestamptz NOT NULL
);

-- Answers to requests that carried an Idempotency-Key, by who asked.
CREATE TABLE kept_answer (
    client_id       text        NOT NULL REFERENCES client,
    asker           text        NOT NULL,                 -- key_id, or admin
    idempotency_key text        NOT NULL,
    fingerprint     bytea       NOT NULL,                 -- SHA-256 of method, path, query and body
    status          integer,                              -- null until answered, in the same transaction
    headers         jsonb,                                -- of the answer, by name
    answer          bytea,                                -- encrypted with the secret key
    expires_at      timestamptz NOT NULL,
    PRIMARY KEY (client_id, asker, idempotency_key)
);
CREATE INDEX kept_answer_by_expiry ON kept_answer (expires_at);
