-- Catching up with events: where the feed of a client begins.

-- Up to which position the events of a client are no longer stored. Written when their days are dropped.
CREATE TABLE event_dropped (
    client_id text   PRIMARY KEY,
    position  bigint NOT NULL
);

-- Deliveries that someone wants sent again. Works through the events of its time in the order of their
-- positions, beside the flow and never in it.
CREATE TABLE replay (
    client_id      text        NOT NULL,
    endpoint_id    uuid        NOT NULL,
    replay_id      uuid        NOT NULL,
    since          timestamptz NOT NULL,
    until          timestamptz NOT NULL,
    states         text[]      NOT NULL,
    events         text[]      NOT NULL,                 -- empty is every type
    max_per_second integer     NOT NULL,
    state          text        NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'stopped')),
    reason         text,
    total          bigint      NOT NULL,                 -- as counted when it was made
    position       bigint      NOT NULL DEFAULT 0,       -- everything up to here is done
    delivered      bigint      NOT NULL DEFAULT 0,
    failed         bigint      NOT NULL DEFAULT 0,
    created_at     timestamptz NOT NULL,
    finished_at    timestamptz,
    node_id        uuid,
    leased_until   timestamptz,
    PRIMARY KEY (client_id, endpoint_id, replay_id)
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX replay_running ON replay (client_id, endpoint_id) WHERE state = 'running';
