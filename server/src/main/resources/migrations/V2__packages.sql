-- What was brought in. Files are stored once by their hash in the data folder; these are their names.

-- One set of files. Versions with the same files share it, so that they are cached once.
CREATE TABLE package_content (
    client_id   text        NOT NULL REFERENCES client,
    content_key text        NOT NULL UNIQUE,             -- keyed hash of client and files: unguessable
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (client_id, content_key)
);

CREATE TABLE package_file (
    client_id   text   NOT NULL,
    content_key text   NOT NULL,
    folded_path text   NOT NULL,                         -- in lower case; names that differ in case only are refused
    path        text   NOT NULL,
    sha256      bytea  NOT NULL,
    size_bytes  bigint NOT NULL,
    media_type  text   NOT NULL,
    PRIMARY KEY (client_id, content_key, folded_path),
    FOREIGN KEY (client_id, content_key) REFERENCES package_content
);
CREATE INDEX package_file_by_hash ON package_file (sha256);

CREATE TABLE package_version (
    client_id   text        NOT NULL,
    activity_id uuid        NOT NULL,
    version     integer     NOT NULL CHECK (version >= 1),
    standard    text        NOT NULL,
    content_key text        NOT NULL,
    manifest    jsonb       NOT NULL,
    warnings    jsonb       NOT NULL,
    imported_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, activity_id, version),
    FOREIGN KEY (client_id, activity_id) REFERENCES activity,
    FOREIGN KEY (client_id, content_key) REFERENCES package_content
);

-- Which item an identifier in the package means; it stays so in every version.
CREATE TABLE package_item (
    client_id   text NOT NULL,
    activity_id uuid NOT NULL,
    identifier  text NOT NULL,
    item_id     uuid NOT NULL,
    PRIMARY KEY (client_id, activity_id, identifier),
    FOREIGN KEY (client_id, activity_id) REFERENCES activity,
    FOREIGN KEY (client_id, item_id) REFERENCES item
);
