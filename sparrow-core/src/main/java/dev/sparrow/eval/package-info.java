/** Accuracies of a classifier on clean and adversarial images. */
package dev.sparrow.eval;
