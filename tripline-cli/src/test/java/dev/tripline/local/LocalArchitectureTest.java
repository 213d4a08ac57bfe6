package dev.tripline.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LocalArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tripline.local");

    @Test
    void seesTheClasses() {
        assertThat(CLASSES.contain(LocalBroker.class)).isTrue();
        assertThat(CLASSES.size()).isGreaterThan(10);
    }

    @Test
    void keepsHttpJsonFilesAndKafkaOutOfTheStore() {
        noClasses()
                .that()
                .resideInAPackage("dev.tripline.local.schema")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.javalin..",
                        "com.fasterxml..",
                        "java.nio..",
                        "java.net..",
                        "org.apache.kafka..",
                        "dev.tripline.local")
                .check(CLASSES);
    }

    @Test
    void knowsNoService() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.tripline.agent..", "dev.tripline.analyzer..", "dev.tripline.sink..", "dev.tripline.cli..")
                .check(CLASSES);
    }
}
