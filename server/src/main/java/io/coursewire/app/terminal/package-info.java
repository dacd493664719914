/// What the commands draw on a terminal.
package io.coursewire.app.terminal;
