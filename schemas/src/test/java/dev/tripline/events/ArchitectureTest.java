package dev.tripline.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tripline.events");

    @Test
    void seesTheClasses() {
        assertThat(CLASSES.contain(EventSerde.class)).isTrue();
        assertThat(CLASSES.contain(TestOutcome.class)).isTrue();
    }

    @Test
    void knowsNoServiceAndNoTransport() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.tripline.service..",
                        "dev.tripline.agent..",
                        "dev.tripline.analyzer..",
                        "dev.tripline.sink..",
                        "dev.tripline.cli..",
                        "dev.tripline.local..",
                        "org.apache.kafka.clients..",
                        "org.apache.kafka.streams..",
                        "io.javalin..")
                .check(CLASSES);
    }

    @Test
    void keepsTheRegistrysClientInOnePlace() {
        noClasses()
                .that()
                .doNotHaveSimpleName("EventSerdes")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.confluent..")
                .check(CLASSES);
    }

    /** {@code -parameters}: configuration and JSON name components by it. */
    @Test
    void keepsParameterNames() throws NoSuchMethodException {
        assertThat(Keys.class
                        .getMethod("parts", String.class)
                        .getParameters()[0]
                        .getName())
                .isEqualTo("key");
    }
}
