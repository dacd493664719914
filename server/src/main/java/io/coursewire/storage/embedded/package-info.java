/// PostgreSQL that comes with Coursewire: its programs, its data folder, its server from start to stop.
package io.coursewire.storage.embedded;
