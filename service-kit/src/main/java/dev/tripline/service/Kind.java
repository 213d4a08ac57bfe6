package dev.tripline.service;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the value of the key {@code kind} that chooses this record among those a sealed interface permits. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Kind {
    /** Returns the name, lower case with hyphens, such as {@code http}; unique within the interface. */
    String value();
}
