package dev.sparrow.model;

import org.apiguardian.api.API;

/** Puts a classifier's mode back when closed. Guards nest; use them in try-with-resources. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface ModeGuard extends AutoCloseable {

  @Override
  void close();
}
