package io.overlapped.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/** A sentence of the contract, tested on every configuration with a {@link Bench} as parameter. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(Configurations.class)
@interface Conformance {
    /** Whether servers and clients of different drivers are tried with each other too. */
    boolean mixed() default false;
}
