package dev.sparrow.sweep;

import java.util.List;

/** What else than dotted keys a sweep file may call a configuration's values, such as the names of command-line options. */
@FunctionalInterface
public interface SettingNames {

  /** Dotted keys only. */
  SettingNames KEYS_ONLY = List::of;

  /**
   * What a name stands for.
   *
   * @param name from the file
   * @return the dotted keys that it sets; the name itself if it is no other name of anything
   */
  List<String> keys(String name);
}
