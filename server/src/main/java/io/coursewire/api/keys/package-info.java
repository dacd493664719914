/// API keys: how they are made, kept and recognised.
package io.coursewire.api.keys;
