/** Looks at networks that are trained: their masks, their losses, what they see. Each analysis is one JSON file and one picture. */
package dev.sparrow.analysis;
