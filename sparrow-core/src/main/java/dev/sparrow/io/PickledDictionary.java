package dev.sparrow.io;

import java.util.LinkedHashMap;

/**
 * An {@code OrderedDict}. Python lets it have attributes, and a {@code state_dict} has {@code _metadata}, the versions of its modules; they
 * are not kept.
 */
final class PickledDictionary extends LinkedHashMap<Object, Object> implements PickleBuildable {

  private static final long serialVersionUID = 1L;

  @Override
  public void build(Object state) {
    if (!(state instanceof LinkedHashMap<?, ?>)) {
      throw new PickleFault("attributes of an OrderedDict", PickleFault.kind(state));
    }
  }
}
