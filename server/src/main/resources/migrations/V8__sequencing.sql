-- What a participant's SCORM 2004 courses share: global objectives and buckets of adl.data.
CREATE TABLE shared_state (
    client_id text NOT NULL,
    user_id   uuid NOT NULL,
    state     json NOT NULL,
    PRIMARY KEY (client_id, user_id),
    FOREIGN KEY (client_id, user_id) REFERENCES participant
);

-- Each request that was decided in a sequenced course, and why: the latest of each course attempt are kept.
CREATE TABLE course_move (
    client_id         text        NOT NULL,
    course_attempt_id uuid        NOT NULL,
    number            integer     NOT NULL,              -- 1, 2, ... in the course attempt
    at                timestamptz NOT NULL,
    request           text        NOT NULL,              -- as adl.nav.request has it, or open
    decision          text        NOT NULL,              -- deliver, waiting, refused, ended
    activity          text,                              -- the item delivered, by the package's identifier
    reasons           json        NOT NULL,
    PRIMARY KEY (client_id, course_attempt_id, number),
    FOREIGN KEY (client_id, course_attempt_id) REFERENCES course_attempt
);
