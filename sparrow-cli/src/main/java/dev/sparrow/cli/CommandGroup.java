package dev.sparrow.cli;

/** A command that only groups others: by itself there is nothing to do. */
abstract class CommandGroup extends SparrowCommand implements Runnable {

  @Override
  public final void run() {
    throw OneLineErrors.missingCommand(spec());
  }
}
