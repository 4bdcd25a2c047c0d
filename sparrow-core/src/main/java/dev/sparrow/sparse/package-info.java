/** What changes masks during training: static, SET, RigL, Flying Bird, Flying Bird+. */
package dev.sparrow.sparse;
