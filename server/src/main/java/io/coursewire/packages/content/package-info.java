/// The files of courses: stored once each by their hash, below the data folder.
package io.coursewire.packages.content;
