-- What attempts said that an import took back is found, too, when their participant is anonymised.
DROP INDEX attempt_change_moved;
CREATE INDEX attempt_change_elsewhere ON attempt_change (client_id, attempt_id) WHERE cause IN ('moved', 'merged', 'undone');
