-- What does not count of the time since the session was opened: its page slept, or nobody was there.
ALTER TABLE session ADD COLUMN away_millis bigint NOT NULL DEFAULT 0;
