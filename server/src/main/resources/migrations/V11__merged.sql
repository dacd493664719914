-- Participants who were there twice: the emptied one stays and leads to the other.

ALTER TABLE participant
    ADD COLUMN merged_into   uuid,                       -- never one who is merged too
    ADD COLUMN merged_at     timestamptz,
    ADD COLUMN merged_by     text,                       -- the key that asked
    ADD COLUMN merged_reason text,
    ADD FOREIGN KEY (client_id, merged_into) REFERENCES participant;
CREATE INDEX participant_merged ON participant (client_id, merged_into) WHERE merged_into IS NOT NULL;

CREATE INDEX launch_of_user ON launch (client_id, user_id);

-- Links that were made for one who is merged lead to the other, and so does what SCORM 2004 courses share, unless the
-- other has some.
CREATE FUNCTION lead_to_survivor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE launch SET user_id = NEW.merged_into
    WHERE client_id = NEW.client_id AND user_id = NEW.user_id;
    UPDATE shared_state SET user_id = NEW.merged_into
    WHERE client_id = NEW.client_id AND user_id = NEW.user_id
      AND NOT EXISTS (SELECT 1 FROM shared_state s WHERE s.client_id = NEW.client_id AND s.user_id = NEW.merged_into);
    RETURN NULL;
END $$;

CREATE TRIGGER participant_merged AFTER UPDATE ON participant
FOR EACH ROW WHEN (OLD.merged_into IS NULL AND NEW.merged_into IS NOT NULL)
EXECUTE FUNCTION lead_to_survivor();
