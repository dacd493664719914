/// AICC (CMI001): the data model of an assignable unit and what it means, whichever way content says it.
package io.coursewire.runtime.aicc;
