-- What nodes must know of an endpoint's health in common, and after a restart.
ALTER TABLE subscription
    ADD COLUMN probed_at   timestamptz,                    -- when some node last tried a disabled one
    ADD COLUMN catching_up boolean NOT NULL DEFAULT false; -- enabled again, and what waited goes out at a capped rate
