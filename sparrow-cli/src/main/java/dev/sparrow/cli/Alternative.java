package dev.sparrow.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An option or parameter that says what others of its command say in another way: given on the command line, it voids theirs in a file. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Alternative {

  /** What it says, the same text for all that say it. */
  String value();
}
