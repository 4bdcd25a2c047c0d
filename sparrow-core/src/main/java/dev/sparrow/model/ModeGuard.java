package dev.sparrow.model;

/** Puts a classifier's mode back when closed. Guards nest; use them in try-with-resources. */
public interface ModeGuard extends AutoCloseable {

  @Override
  void close();
}
