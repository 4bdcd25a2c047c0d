/** Masks, sets of masks, densities and distances. */
package dev.sparrow.mask;
