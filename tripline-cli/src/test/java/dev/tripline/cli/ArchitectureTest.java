package dev.tripline.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.tripline.cli", "dev.tripline.local");

    @Test
    void seesTheClasses() {
        assertThat(CLASSES.contain(Tripline.class.getName())).isTrue();
        assertThat(CLASSES.contain("dev.tripline.local.LocalBroker")).isTrue();
    }

    @Test
    void knowsOptionsInTheCommandsOnly() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.tripline.cli.dev..", "dev.tripline.cli.topics..", "dev.tripline.local..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "dev.tripline.cli")
                .check(CLASSES);
    }

    @Test
    void setsTopicsUpWithoutLocalMode() {
        noClasses()
                .that()
                .resideInAPackage("dev.tripline.cli.topics..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.tripline.local..", "dev.tripline.cli.dev..")
                .check(CLASSES);
    }

    @Test
    void helpLoadsNoLogger() {
        noClasses()
                .that()
                .resideInAPackage("dev.tripline.cli")
                .and()
                .haveSimpleNameEndingWith("Command")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.slf4j..")
                .because("each class the help loads costs start time, and a logger loads hundreds")
                .check(CLASSES);
    }
}
