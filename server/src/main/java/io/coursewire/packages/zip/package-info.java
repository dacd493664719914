/// Opens zip files that nobody vouches for. Nothing is trusted that is declared: names are decoded and
/// made plain, both directories must agree, sizes and checksums are verified while bytes are read.
package io.coursewire.packages.zip;
