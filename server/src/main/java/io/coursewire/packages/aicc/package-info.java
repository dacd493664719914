/// Reads the course files of AICC as tools write them (CMI001, chapters 7 and 8).
package io.coursewire.packages.aicc;
