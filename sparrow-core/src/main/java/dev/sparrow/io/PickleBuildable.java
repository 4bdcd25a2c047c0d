package dev.sparrow.io;

/** An object that a pickle makes empty and fills with a state later. */
interface PickleBuildable {

  /** Takes the state, once. */
  void build(Object state);
}
