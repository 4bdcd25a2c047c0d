/** Many training runs from one file: the plan, its execution one run after another, and how long it will take. */
package dev.sparrow.sweep;
