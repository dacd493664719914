-- Telling the world: events, who wants them, and what became of each.
--
-- The flow is one marker per event and append-only history in daily partitions; only what fails costs
-- mutable rows. Partitions are cut by the time inside event_id (a UUID of version 7), so that an id
-- alone tells the partition and no further column is needed in the keys.

-- Drawn while the row of the ordering key is locked: per key, position order is commit order.
CREATE SEQUENCE event_position;

CREATE TABLE event (
    client_id   text        NOT NULL,
    position    bigint      NOT NULL,
    event_id    uuid        NOT NULL,                    -- the webhook-id
    bucket      smallint    NOT NULL,
    user_id     uuid        NOT NULL,                    -- ordering key: client_id, user_id, activity_id
    activity_id uuid        NOT NULL,
    attempt_id  uuid,                                    -- null for events of an activity
    version     bigint      NOT NULL,
    type        text        NOT NULL,
    attributes  jsonb       NOT NULL,                    -- what subscriptions filter by
    payload     bytea       NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (client_id, position, event_id)
) PARTITION BY RANGE (event_id);
CREATE INDEX event_of_attempt ON event (client_id, attempt_id) WHERE attempt_id IS NOT NULL;
CREATE INDEX event_of_user ON event (client_id, user_id);

-- A marker per event that is not yet fanned out to its end. Written with the event, removed with the
-- record of its last fate. Short-lived rows: vacuumed early, so that the table stays a few pages.
CREATE TABLE undelivered (
    position  bigint   PRIMARY KEY,
    bucket    smallint NOT NULL,
    client_id text     NOT NULL,
    event_id  uuid     NOT NULL,
    bytes     integer  NOT NULL                          -- of the payload, so that memory can be planned
) WITH (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 50000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 20000
);

-- Nodes that deliver. One that stops renewing loses its buckets.
CREATE TABLE delivery_node (
    node_id    uuid        PRIMARY KEY,
    expires_at timestamptz NOT NULL
) WITH (fillfactor = 50);

-- Who delivers which part of the events. Every record of fates is fenced by the epoch.
CREATE TABLE bucket_lease (
    bucket  smallint PRIMARY KEY,
    node_id uuid     REFERENCES delivery_node ON DELETE SET NULL,
    epoch   bigint   NOT NULL DEFAULT 0                  -- rises with every change of owner
) WITH (fillfactor = 50);
INSERT INTO bucket_lease (bucket) SELECT generate_series(0, 63);

-- Rises in the transaction of every change of a subscription; a node that reads an event in one
-- snapshot with this number knows whether its subscriptions are those of that moment.
CREATE TABLE subscription_revision (revision bigint NOT NULL);
INSERT INTO subscription_revision VALUES (0);

CREATE TABLE subscription (
    client_id               text        NOT NULL REFERENCES client,
    endpoint_id             uuid        NOT NULL,
    revision                bigint      NOT NULL,
    url                     text        NOT NULL,
    description             text,
    events                  text[]      NOT NULL,
    format                  text        NOT NULL,
    filter                  jsonb       NOT NULL DEFAULT '{}',
    signatures              text[]      NOT NULL,
    raw_signature_header    text,
    max_requests_per_second integer,
    secrets                 bytea       NOT NULL,        -- encrypted: signing keys, header values, credentials
    enabled                 boolean     NOT NULL DEFAULT true,
    disabled_reason         text,
    disabled_at             timestamptz,
    failing_since           timestamptz,
    paused_until            timestamptz,
    pause_reason            text,
    created_at              timestamptz NOT NULL,
    updated_at              timestamptz NOT NULL,
    deleted_at              timestamptz,
    PRIMARY KEY (client_id, endpoint_id)
);
CREATE INDEX subscription_by_revision ON subscription (revision);

-- A lane, (endpoint, ordering key), whose head failed. Its later events wait in order behind it.
CREATE TABLE parked_lane (
    client_id   text        NOT NULL,
    endpoint_id uuid        NOT NULL,
    user_id     uuid        NOT NULL,
    activity_id uuid        NOT NULL,
    bucket      smallint    NOT NULL,
    failures    smallint    NOT NULL,                    -- in a row; they set how long the lane waits
    next_try_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, endpoint_id, user_id, activity_id)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX parked_lane_due ON parked_lane (client_id, endpoint_id, next_try_at);

-- A delivery whose fate is open. Leaves this table for "delivery" when it is known.
CREATE TABLE waiting_delivery (
    client_id   text     NOT NULL,
    endpoint_id uuid     NOT NULL,
    user_id     uuid     NOT NULL,
    activity_id uuid     NOT NULL,
    position    bigint   NOT NULL,
    event_id    uuid     NOT NULL,
    attempt_id  uuid,
    type        text     NOT NULL,
    bytes       integer  NOT NULL,
    tries_used  smallint NOT NULL,                       -- of the schedule; pauses use up none
    lanes       smallint,                                -- as in delivery
    tries       jsonb    NOT NULL DEFAULT '[]',
    PRIMARY KEY (client_id, endpoint_id, user_id, activity_id, position)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX waiting_by_event ON waiting_delivery (client_id, endpoint_id, event_id);

-- Fates, append-only: what became of one event at one endpoint, with its tries.
CREATE TABLE delivery (
    client_id   text        NOT NULL,
    endpoint_id uuid        NOT NULL,
    event_id    uuid        NOT NULL,
    position    bigint      NOT NULL,
    state       text        NOT NULL CHECK (state IN ('delivered', 'superseded', 'dead', 'cancelled')),
    lanes       smallint,                                -- how many endpoints the event was fanned out to; null when asked for by hand
    tries       jsonb       NOT NULL,
    settled_at  timestamptz NOT NULL,
    PRIMARY KEY (client_id, endpoint_id, event_id)
) PARTITION BY RANGE (event_id);
CREATE INDEX delivery_not_delivered ON delivery (client_id, endpoint_id, state, event_id) WHERE state <> 'delivered';

-- Counts per client and day of the event, written with the fates: accepted = delivered + superseded +
-- pending + dead + cancelled. A few rows per day ("slot" keeps nodes out of each other's way).
CREATE TABLE delivery_count (
    client_id  text     NOT NULL,
    day        date     NOT NULL,
    slot       smallint NOT NULL,
    events     bigint   NOT NULL DEFAULT 0,              -- fanned out to their end, also those that nobody wanted
    unwanted   bigint   NOT NULL DEFAULT 0,
    accepted   bigint   NOT NULL DEFAULT 0,
    delivered  bigint   NOT NULL DEFAULT 0,
    superseded bigint   NOT NULL DEFAULT 0,
    pending    bigint   NOT NULL DEFAULT 0,
    dead       bigint   NOT NULL DEFAULT 0,
    cancelled  bigint   NOT NULL DEFAULT 0,
    PRIMARY KEY (client_id, day, slot)
) WITH (fillfactor = 50);

-- The smallest UUID of version 7 of a day in UTC.
CREATE FUNCTION first_uuid_of(day date) RETURNS uuid LANGUAGE sql IMMUTABLE
RETURN (lpad(to_hex((extract(epoch FROM day::timestamp) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;

-- The day in UTC that a UUID of version 7 was made on.
CREATE FUNCTION day_of(id uuid) RETURNS date LANGUAGE sql IMMUTABLE
RETURN (to_timestamp(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000.0) AT TIME ZONE 'UTC')::date;

-- Attaching, unlike CREATE ... PARTITION OF, lets readers and writers of the parent go on.
CREATE FUNCTION create_daily_partitions(first_day date, last_day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    parent text;
    part   text;
    day    date;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('create_daily_partitions'));
    FOREACH parent IN ARRAY ARRAY['event', 'delivery'] LOOP
        FOR day IN SELECT generate_series(first_day, last_day, interval '1 day')::date LOOP
            part := parent || to_char(day, '_YYYYMMDD');
            IF to_regclass(part) IS NULL THEN
                EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', part, parent);
                -- What nobody searches in need not be sampled again and again.
                IF parent = 'event' THEN
                    EXECUTE format('ALTER TABLE %I ALTER COLUMN attributes SET STATISTICS 0,'
                        ' ALTER COLUMN payload SET STATISTICS 0', part);
                ELSE
                    EXECUTE format('ALTER TABLE %I ALTER COLUMN tries SET STATISTICS 0', part);
                END IF;
                EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                    parent, part, first_uuid_of(day), first_uuid_of(day + 1));
            END IF;
        END LOOP;
    END LOOP;
END $$;

SELECT create_daily_partitions((now() AT TIME ZONE 'UTC')::date - 1, (now() AT TIME ZONE 'UTC')::date + 7);
