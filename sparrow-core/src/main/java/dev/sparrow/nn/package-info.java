/** Blueprints run by libtorch. */
package dev.sparrow.nn;
