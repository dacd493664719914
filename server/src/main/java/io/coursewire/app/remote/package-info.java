/// The commands' way to a server: its public API, with a key.
package io.coursewire.app.remote;
