/** Densities, pixel lengths, norms and seeds: parsed, validated, printed. No natives. */
package dev.sparrow.units;
