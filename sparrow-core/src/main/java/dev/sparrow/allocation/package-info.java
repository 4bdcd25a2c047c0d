/** A global density divided among the layers. No natives. */
package dev.sparrow.allocation;
