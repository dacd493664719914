-- Which secret key the stored secrets of this database are encrypted with, so that a node with another one
-- is refused instead of failing later.

CREATE TABLE secret_key (
    only_one    boolean     PRIMARY KEY DEFAULT true CHECK (only_one),
    fingerprint text        NOT NULL,
    created_at  timestamptz NOT NULL
);
