/// The bundled course, and a participant who needs no browser to play it.
package io.coursewire.app.demo;
