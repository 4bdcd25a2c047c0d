/** Learning rate, drop fraction and mask-update times as pure functions of the step. No natives. */
package dev.sparrow.schedule;
