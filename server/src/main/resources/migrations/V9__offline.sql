-- Results that administrators bring: entered, imported, corrected; who brought what from where.

CREATE INDEX participant_by_external_id ON participant (client_id, external_id) WHERE external_id IS NOT NULL;

-- What was changed by hand, append-only. "before" is what stood there: the versions of an attempt are these, in
-- their order, and then the attempt itself.
CREATE TABLE attempt_change (
    client_id      text        NOT NULL,
    attempt_id     uuid        NOT NULL,
    change_id      uuid        NOT NULL,
    at             timestamptz NOT NULL,
    cause          text        NOT NULL,
    author         text        NOT NULL,                  -- the key that asked
    reason         text,
    import_id      uuid,
    line           bigint,                                -- of the import's file
    user_id        uuid,                                  -- who had the attempt before, where it then leaves him
    version_before bigint      NOT NULL,
    version_after  bigint      NOT NULL,
    before         bytea,                                 -- the AttemptStatus; null when there was none
    PRIMARY KEY (client_id, attempt_id, change_id)
);
CREATE INDEX attempt_change_of_import ON attempt_change (client_id, import_id) WHERE import_id IS NOT NULL;

-- Files of results, being taken in row by row. A node that works on one renews its lease every few seconds; the
-- epoch keeps out one that lost it.
CREATE TABLE offline_import (
    client_id      text        NOT NULL REFERENCES client,
    import_id      uuid        NOT NULL,
    state          text        NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'undone')),
    form           text        NOT NULL,
    options        jsonb       NOT NULL,
    mapping        jsonb       NOT NULL,
    author         text        NOT NULL,
    undone_by      text,                                  -- the key that asked to undo it
    shown_by       uuid,                                  -- the dry run that this is to do as shown
    header         text[]      NOT NULL,
    warnings       text[]      NOT NULL,
    failure        text,
    total          bigint,                                -- rows of the file; null until they are counted
    done           bigint      NOT NULL DEFAULT 0,        -- rows with a verdict: a prefix of the file
    batches        integer     NOT NULL DEFAULT 0,
    created        bigint      NOT NULL DEFAULT 0,
    updated        bigint      NOT NULL DEFAULT 0,
    unchanged      bigint      NOT NULL DEFAULT 0,
    refused        bigint      NOT NULL DEFAULT 0,
    differences    bigint      NOT NULL DEFAULT 0,        -- rows done otherwise than the dry run had shown
    epoch          bigint      NOT NULL DEFAULT 0,
    lease_until    timestamptz,
    created_at     timestamptz NOT NULL,
    started_at     timestamptz,
    ended_at       timestamptz,
    PRIMARY KEY (client_id, import_id)
);
CREATE INDEX offline_import_open ON offline_import (created_at) WHERE state IN ('queued', 'running');

-- What became of the rows, a batch at a time.
CREATE TABLE offline_batch (
    client_id   text     NOT NULL,
    import_id   uuid     NOT NULL,
    batch       integer  NOT NULL,                        -- from 0; of as many rows each, so that two runs compare
    verdicts    text     NOT NULL,                        -- a letter per row
    lines       bigint[] NOT NULL,
    attempts    uuid[]   NOT NULL,                        -- per row; null where it made or changed none
    notes       jsonb    NOT NULL,                        -- of rows that need words: why, faults, the cells refused
    refused     integer  NOT NULL,
    PRIMARY KEY (client_id, import_id, batch)
);

-- Rows that were taken, by their identity (a digest of source and record id, else of participant, item, number and
-- time), so that a row that comes again is known. One that then says something else is the next generation, and the
-- last one counts: undoing its import brings the one before to light again.
CREATE TABLE offline_record (
    client_id   text    NOT NULL,
    identity    uuid    NOT NULL,
    generation  integer NOT NULL,
    attempt_id  uuid    NOT NULL,
    fingerprint uuid    NOT NULL,                         -- a digest of what the row says
    import_id   uuid    NOT NULL,
    line        bigint  NOT NULL,
    PRIMARY KEY (client_id, identity, generation)
);
CREATE INDEX offline_record_of_attempt ON offline_record (client_id, attempt_id);

-- The same for rows of a dry run, which leaves nothing else behind; dropped when it is done.
CREATE TABLE offline_seen (
    client_id      text    NOT NULL,
    import_id      uuid    NOT NULL,
    identity       uuid    NOT NULL,
    fingerprint    uuid    NOT NULL,
    line           bigint  NOT NULL,
    user_id        uuid    NOT NULL,
    item_id        uuid    NOT NULL,
    attempt_number integer NOT NULL,
    PRIMARY KEY (client_id, import_id, identity)
);
CREATE INDEX offline_seen_by_item ON offline_seen (client_id, import_id, user_id, item_id);

-- Attempts that subscribers are to hear of at the import's pace. "version" is the attempt's at the import: one that
-- has risen since was told meanwhile.
CREATE TABLE offline_telling (
    client_id      text    NOT NULL,
    attempt_id     uuid    NOT NULL,
    import_id      uuid    NOT NULL,
    version        bigint  NOT NULL,
    PRIMARY KEY (client_id, attempt_id)
);
CREATE INDEX offline_telling_of_import ON offline_telling (client_id, import_id, attempt_id);

-- How a client's sources write their results, by a name of the client's own.
CREATE TABLE offline_mapping (
    client_id  text        NOT NULL REFERENCES client,
    name       text        NOT NULL,
    mapping    jsonb       NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, name)
);
