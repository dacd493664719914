-- Launch links and what was opened through them.

CREATE TABLE launch (
    client_id         text        NOT NULL,
    launch_id         uuid        NOT NULL,
    user_id           uuid        NOT NULL,
    activity_id       uuid        NOT NULL,
    item_id           uuid,                              -- null: the activity decides
    package_version   integer     NOT NULL,
    course_attempt_id uuid,                              -- null in browse mode, which stores no result
    attempt_id        uuid,                              -- null where the first delivery of an item makes it
    mode              text        NOT NULL,
    return_url        text,
    created_at        timestamptz NOT NULL,
    expires_at        timestamptz NOT NULL,
    redeemed_at       timestamptz,
    revoked_at        timestamptz,
    PRIMARY KEY (client_id, launch_id),
    FOREIGN KEY (client_id, course_attempt_id) REFERENCES course_attempt
);
CREATE INDEX launch_into ON launch (client_id, course_attempt_id) WHERE course_attempt_id IS NOT NULL;

-- One opening of an item's content. A newer session of the attempt replaces it.
CREATE TABLE session (
    client_id        text        NOT NULL,
    session_id       uuid        NOT NULL,
    launch_id        uuid        NOT NULL,
    item_id          uuid        NOT NULL,
    attempt_id       uuid,                              -- null in browse mode
    mode             text        NOT NULL,
    opened_at        timestamptz NOT NULL,
    last_seen_at     timestamptz NOT NULL,
    seen_slot        timestamptz NOT NULL                -- the ten minutes in which that was
                     GENERATED ALWAYS AS (date_bin('10 minutes', last_seen_at, timestamptz '2000-01-01Z')) STORED,
    closed_at        timestamptz,
    close_cause      text,                               -- finished, left, silent, replaced, revoked
    last_sequence    integer     NOT NULL DEFAULT 0,     -- of the commits acknowledged
    counted_seconds  numeric     NOT NULL DEFAULT 0,     -- what it has added to the attempt's duration
    elements         text        NOT NULL,               -- what content said in the attempt, verbatim: JSON, element to value
    PRIMARY KEY (client_id, session_id),
    FOREIGN KEY (client_id, launch_id) REFERENCES launch,
    FOREIGN KEY (client_id, attempt_id) REFERENCES attempt
) WITH (fillfactor = 70, toast_tuple_target = 4080);   -- as for attempts
ALTER TABLE session ALTER COLUMN elements SET STATISTICS 0;
CREATE INDEX session_open ON session (client_id, launch_id) WHERE closed_at IS NULL;
-- For those that give no sign of life. By the slot: every commit moves last_seen_at, and an index on that would make each a
-- costlier update.
CREATE INDEX session_silent ON session (seen_slot) WHERE closed_at IS NULL;
CREATE INDEX session_of_attempt ON session (client_id, attempt_id, opened_at DESC, session_id DESC);

-- Calls of content that the data model refused, for those who wonder why a status is what it is.
CREATE TABLE rejected_call (
    client_id  text        NOT NULL,
    session_id uuid        NOT NULL,
    sequence   integer     NOT NULL,                     -- of the commit that told of it
    position   integer     NOT NULL,                     -- within that commit
    call       text        NOT NULL,
    element    text        NOT NULL,
    value      text        NOT NULL,
    error      text        NOT NULL,
    at         timestamptz NOT NULL,
    PRIMARY KEY (client_id, session_id, sequence, position),
    FOREIGN KEY (client_id, session_id) REFERENCES session
);
