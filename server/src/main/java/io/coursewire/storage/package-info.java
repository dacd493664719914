/// The database: its pool, its schema, and writing to it in groups. No feature's SQL.
package io.coursewire.storage;
