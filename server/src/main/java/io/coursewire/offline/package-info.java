/// Results that administrators bring: entered, imported, corrected. Each becomes an attempt like any other, told
/// like any other, and who brought it from where is kept.
package io.coursewire.offline;
