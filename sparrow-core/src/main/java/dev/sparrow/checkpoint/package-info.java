/** Versioned, atomic, checksummed save and exact resume. */
package dev.sparrow.checkpoint;
