-- How often an import was begun, or gone on with, since it last came further: a file that ends the process that reads
-- it, or cannot be read at all, is not tried for ever.
ALTER TABLE offline_import ADD COLUMN begun integer NOT NULL DEFAULT 0;
