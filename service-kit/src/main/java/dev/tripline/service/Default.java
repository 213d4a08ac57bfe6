package dev.tripline.service;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which value a record component has when the configuration does not mention it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
    /**
     * Returns the value as an operator would write it: the bare text for a single value such as {@code 15m}, YAML for
     * lists, maps and records, such as <code>[]</code>, <code>{}</code> or <code>{kind: local}</code>.
     */
    String value();
}
