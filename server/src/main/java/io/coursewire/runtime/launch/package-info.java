/// From a launch link to commits: who may open which content, its sessions, and what they report.
package io.coursewire.runtime.launch;
