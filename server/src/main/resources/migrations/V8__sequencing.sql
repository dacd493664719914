-- What a participant's SCORM 2004 courses share: global objectives and buckets of adl.data.
CREATE TABLE shared_state (
    client_id text NOT NULL,
    user_id   uuid NOT NULL,
    state     json NOT NULL,
    PRIMARY KEY (client_id, user_id),
    FOREIGN KEY (client_id, user_id) REFERENCES participant
);
