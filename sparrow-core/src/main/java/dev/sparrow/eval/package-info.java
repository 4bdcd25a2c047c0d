/** Accuracies of a classifier on clean and adversarial images: at the end of an epoch, and under a cascade of attacks. */
package dev.sparrow.eval;
