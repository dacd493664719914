/// The pages around a course on the content origin: the launch page, the player, and their scripts and styles.
package io.coursewire.runtime.player;
