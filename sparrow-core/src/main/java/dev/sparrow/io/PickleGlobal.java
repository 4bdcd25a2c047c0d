package dev.sparrow.io;

import java.util.List;
import java.util.function.Function;

/**
 * A name that a pickle may mention, and what stands for calling it.
 *
 * @param name module and name, for example {@code numpy.dtype}
 * @param call from arguments to value; written in Java, nothing of the pickle runs
 */
record PickleGlobal(String name, Function<List<Object>, Object> call) {}
