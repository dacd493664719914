-- Who and what: clients, their participants, their training items.
-- client_id leads every primary key, so that tables can be sharded by client later.

CREATE TABLE client (
    client_id        text        PRIMARY KEY CHECK (client_id ~ '^[a-z0-9_-]{1,64}$'),
    name             text        NOT NULL,
    default_language text        NOT NULL,
    return_origins   text[]      NOT NULL DEFAULT '{}',
    settings         jsonb       NOT NULL DEFAULT '{}',
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL
);

CREATE TABLE participant (
    client_id     text        NOT NULL REFERENCES client,
    user_id       uuid        NOT NULL,
    username      text        NOT NULL,
    first_name    text,
    last_name     text,
    email         text,
    external_id   text,
    language      text,
    anonymised_at timestamptz,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    PRIMARY KEY (client_id, user_id),
    UNIQUE (client_id, username)
);

-- A top-level training item. standard and version are null for training without a package.
CREATE TABLE activity (
    client_id           text        NOT NULL REFERENCES client,
    activity_id         uuid        NOT NULL,
    titles              jsonb       NOT NULL,            -- {"en": "...", "fr": "..."}; "und" where no language was given
    type                text        NOT NULL,
    external_id         text        NOT NULL,
    manifest_identifier text,
    standard            text,
    version             integer,                         -- the package version that new course attempts get
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    PRIMARY KEY (client_id, activity_id)
);
CREATE INDEX activity_by_external_id ON activity (client_id, external_id);
CREATE INDEX activity_by_manifest ON activity (client_id, manifest_identifier) WHERE manifest_identifier IS NOT NULL;

-- A launch-able training item. One that a newer package version lacks is retired, never deleted.
CREATE TABLE item (
    client_id   text        NOT NULL,
    item_id     uuid        NOT NULL,
    activity_id uuid        NOT NULL,
    position    integer     NOT NULL,
    titles      jsonb       NOT NULL,
    type        text        NOT NULL,
    external_id text        NOT NULL,
    counts      boolean     NOT NULL DEFAULT true,       -- whether it counts for activity.completed
    retired_at  timestamptz,
    PRIMARY KEY (client_id, item_id),
    FOREIGN KEY (client_id, activity_id) REFERENCES activity,
    UNIQUE (client_id, activity_id, external_id)
);
CREATE INDEX item_by_external_id ON item (client_id, external_id);

-- The title in the wanted language; where it is missing, in a variant of it, in one that nobody named, or
-- in any other, and always the same one.
CREATE FUNCTION title_in(titles jsonb, language text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN coalesce(
        titles ->> language,
        titles ->> split_part(language, '-', 1),
        (SELECT value FROM jsonb_each_text(titles)
         ORDER BY NOT starts_with(key, split_part(language, '-', 1) || '-'), key <> 'und', key COLLATE "C"
         LIMIT 1),
        '');
