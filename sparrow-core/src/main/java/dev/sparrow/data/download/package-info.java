/** Public data sets from their official addresses: resumed downloads, checksums, and unpacking that cannot leave its folder. */
package dev.sparrow.data.download;
