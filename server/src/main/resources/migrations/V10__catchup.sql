-- More of webhooks: catching up, sending again, and telling why.

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

-- What each webhook asked for, and since when: so that it can be told later why it was not sent an event.
CREATE TABLE subscription_change (
    client_id   text        NOT NULL,
    endpoint_id uuid        NOT NULL,
    revision    bigint      NOT NULL,
    at          timestamptz NOT NULL,
    events      text[]      NOT NULL,
    filter      jsonb       NOT NULL,
    accepts     boolean     NOT NULL,                    -- whether new events were taken on for it
    PRIMARY KEY (client_id, endpoint_id, revision)
);

CREATE FUNCTION remember_subscription() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO subscription_change (client_id, endpoint_id, revision, at, events, filter, accepts)
    VALUES (NEW.client_id, NEW.endpoint_id, NEW.revision, clock_timestamp(), NEW.events, NEW.filter,
            NEW.deleted_at IS NULL AND (NEW.enabled OR NEW.disabled_reason IS DISTINCT FROM 'switched off'));
    RETURN NULL;
END $$;

CREATE TRIGGER subscription_made AFTER INSERT ON subscription
FOR EACH ROW EXECUTE FUNCTION remember_subscription();

CREATE TRIGGER subscription_changed AFTER UPDATE ON subscription
FOR EACH ROW WHEN ((OLD.events, OLD.filter, OLD.enabled, OLD.disabled_reason, OLD.deleted_at)
                   IS DISTINCT FROM (NEW.events, NEW.filter, NEW.enabled, NEW.disabled_reason, NEW.deleted_at))
EXECUTE FUNCTION remember_subscription();

-- What is wrong at present and operators were told of.
CREATE TABLE alert (
    kind    text        NOT NULL,
    subject text        NOT NULL,
    since   timestamptz NOT NULL,
    PRIMARY KEY (kind, subject)
);
