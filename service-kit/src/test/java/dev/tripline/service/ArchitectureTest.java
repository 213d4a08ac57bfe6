package dev.tripline.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.tripline.service");

    @Test
    void seesTheClasses() {
        assertThat(CLASSES.contain(ConfigLoader.class.getName())).isTrue();
        assertThat(CLASSES.contain(ServiceRunner.class.getName())).isTrue();
    }

    @Test
    void knowsNeitherKafkaNorAnyService() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "dev.tripline.service..",
                        "com.fasterxml.jackson..",
                        "com.google.re2j..",
                        "io.javalin..",
                        "io.micrometer..",
                        "org.eclipse.jetty..",
                        "org.yaml.snakeyaml..",
                        "org.jspecify..",
                        "org.slf4j..")
                .check(CLASSES);
    }

    @Test
    void servesHttpAndMeasuresInTwoPackages() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.tripline.service.health", "dev.tripline.service.http")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.javalin..", "io.micrometer..", "org.eclipse.jetty..", "dev.tripline.service.health")
                .check(CLASSES);
    }

    @Test
    void matchesExpressionsOfOperatorsInOnePlace() {
        noClasses()
                .that()
                .doNotHaveSimpleName("OwnPattern")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.re2j..")
                .check(CLASSES);
    }

    @Test
    void readsYamlInOnePlace() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Yaml")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson..", "org.yaml.snakeyaml..")
                .check(CLASSES);
    }
}
