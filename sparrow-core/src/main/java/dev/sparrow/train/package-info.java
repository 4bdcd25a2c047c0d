/** The training loop: objectives, optimizer, epochs, run folders, exact resume. */
package dev.sparrow.train;
