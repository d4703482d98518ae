package org.scorebound.benchmarks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a benchmark class whose methods compute the same, or are a part of one another. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ComparedMethods {

  /** The methods, the one that others are compared with first. */
  String[] value();
}
