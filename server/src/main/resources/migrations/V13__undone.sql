-- What attempts said of a participant whose they are no more, as they were moved, merged or taken back, is found when that one
-- is anonymised.
CREATE INDEX attempt_change_elsewhere ON attempt_change (client_id, user_id) WHERE user_id IS NOT NULL;
