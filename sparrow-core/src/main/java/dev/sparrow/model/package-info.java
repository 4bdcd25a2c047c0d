/** The engine seam: a classifier, its forward passes and their vector-Jacobian products. */
package dev.sparrow.model;
