/// How a server is to run: what can be set, where that is found, and what is made of it.
package io.coursewire.app.settings;
