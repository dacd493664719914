/// Serves the files of courses on the content origin.
package io.coursewire.runtime.content;
