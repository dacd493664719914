-- The heart: how each participant's attempts went.

-- One participant's way through an activity; a launch opens it, the attempts at its items belong to it.
CREATE TABLE course_attempt (
    client_id         text        NOT NULL,
    course_attempt_id uuid        NOT NULL,
    user_id           uuid        NOT NULL,
    activity_id       uuid        NOT NULL,
    package_version   integer     NOT NULL,              -- open attempts stay on their version
    state             json,                              -- sequencing state, for standards that have one
    opened_at         timestamptz NOT NULL,
    ended_at          timestamptz,
    PRIMARY KEY (client_id, course_attempt_id),
    FOREIGN KEY (client_id, user_id) REFERENCES participant,
    FOREIGN KEY (client_id, activity_id) REFERENCES activity
);
CREATE INDEX course_attempt_newest ON course_attempt (client_id, user_id, activity_id, opened_at DESC);

-- The roll-up of a participant at an activity. Locked after the attempt in every change, so that
-- versions, activity.completed and commit order agree; it is the ordering key of deliveries.
CREATE TABLE activity_progress (
    client_id     text NOT NULL,
    user_id       uuid NOT NULL,
    activity_id   uuid NOT NULL,
    announced     bytea,                                 -- SHA-256 of the last activity.completed payload without a name
    course_inside boolean,                               -- null: the course says nothing of itself, its items decide
    course_status text,                                  -- what it says of itself: completed, passed, failed
    course_score  numeric,                               -- 0..1
    PRIMARY KEY (client_id, user_id, activity_id)
);

CREATE TABLE attempt (
    client_id         text        NOT NULL,
    attempt_id        uuid        NOT NULL,
    user_id           uuid        NOT NULL,
    activity_id       uuid        NOT NULL,
    item_id           uuid        NOT NULL,
    course_attempt_id uuid,                              -- null for offline results
    attempt_number    integer     NOT NULL CHECK (attempt_number >= 1),
    data_source       text        NOT NULL,
    version           bigint      NOT NULL DEFAULT 0,    -- rises with every event
    status            text        NOT NULL,
    final             boolean     NOT NULL,
    rule              text        NOT NULL,              -- which rule decided the status
    completion        text        NOT NULL,
    success           text        NOT NULL,
    presence          text        NOT NULL,
    score_scaled      numeric,
    score_raw         numeric,
    score_minimum     numeric,
    score_maximum     numeric,
    started_at        timestamptz,
    first_final_at    timestamptz,                       -- outlives a change back to not final
    duration_seconds  numeric,                           -- all sessions, the open one as far as it reported
    announced         bytea,                             -- SHA-256 of the last attempt.completed payload
    payload           bytea       NOT NULL,              -- the AttemptStatus, the bytes that a webhook carries
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    anonymised        text,                              -- the name of a participant who is forgotten
    played_slot       timestamptz                        -- the ten minutes of updated_at, where content reports
                      GENERATED ALWAYS AS (CASE WHEN data_source <> 'offline'
                          THEN date_bin('10 minutes', updated_at, timestamptz '2000-01-01Z') END) STORED,
    given_at          timestamptz                        -- updated_at, where people and files do
                      GENERATED ALWAYS AS (CASE WHEN data_source = 'offline' THEN updated_at END) STORED,
    PRIMARY KEY (client_id, attempt_id),
    UNIQUE (client_id, user_id, item_id, attempt_number),
    FOREIGN KEY (client_id, user_id) REFERENCES participant,
    FOREIGN KEY (client_id, item_id) REFERENCES item
) WITH (fillfactor = 70, toast_tuple_target = 4080);   -- written again and again: small ones are not compressed each time
-- Nobody searches in it, so its values need not be sampled again and again.
ALTER TABLE attempt ALTER COLUMN payload SET STATISTICS 0;
-- Two for the order of updates. Played attempts by the slot: an index on a column that every commit changes makes each write an
-- entry in every index. Others come by the million within a slot, but change rarely.
CREATE INDEX attempt_played ON attempt (client_id, played_slot) WHERE played_slot IS NOT NULL;
CREATE INDEX attempt_given ON attempt (client_id, given_at, attempt_id) WHERE given_at IS NOT NULL;
CREATE INDEX attempt_by_item ON attempt (client_id, item_id);
CREATE INDEX attempt_by_course_attempt ON attempt (client_id, course_attempt_id) WHERE course_attempt_id IS NOT NULL;
