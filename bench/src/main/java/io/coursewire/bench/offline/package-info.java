/// Imports and exports of offline results, beside PostgreSQL's COPY of the same rows.
package io.coursewire.bench.offline;
