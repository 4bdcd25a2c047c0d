/** Masks by scores: what a weight is worth before it is trained, and the masks that keep the most valuable ones. */
package dev.sparrow.prune;
