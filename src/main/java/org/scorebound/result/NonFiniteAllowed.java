package org.scorebound.result;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record component, or the numbers inside it, that may be infinite or NaN in a result
 * document, where it is then one of the strings {@code "Infinity"}, {@code "-Infinity"}, {@code
 * "NaN"}. A non-finite number anywhere else is refused by the writer.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface NonFiniteAllowed {}
