/// Ids, paging, JSON, input errors. Depends on nothing else of ours.
package io.coursewire.kernel;
