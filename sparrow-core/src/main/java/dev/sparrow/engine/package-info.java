/** Engines behind {@link dev.sparrow.model.Classifier}, and the choice between them. */
package dev.sparrow.engine;
