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
    version_before bigint      NOT NULL,
    version_after  bigint      NOT NULL,
    before         bytea,                                 -- the AttemptStatus; null when there was none
    PRIMARY KEY (client_id, attempt_id, change_id)
);
CREATE INDEX attempt_change_of_import ON attempt_change (client_id, import_id) WHERE import_id IS NOT NULL;
