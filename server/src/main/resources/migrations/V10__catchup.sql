-- Catching up with events: where the feed of a client begins.

-- Up to which position the events of a client are no longer stored. Written when their days are dropped.
CREATE TABLE event_dropped (
    client_id text   PRIMARY KEY,
    position  bigint NOT NULL
);
