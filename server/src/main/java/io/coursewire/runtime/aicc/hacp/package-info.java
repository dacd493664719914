/// AICC content that speaks HTTP (CMI001, HACP binding): requests and answers as real content writes and reads them.
package io.coursewire.runtime.aicc.hacp;
