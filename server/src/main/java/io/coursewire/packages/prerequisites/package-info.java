/// `aicc_script`: what has to be done before an item of an AICC or SCORM 1.2 course opens.
package io.coursewire.packages.prerequisites;
