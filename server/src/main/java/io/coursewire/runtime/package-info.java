/// Where content is run: each standard speaks its own words here and emits reports.
package io.coursewire.runtime;
