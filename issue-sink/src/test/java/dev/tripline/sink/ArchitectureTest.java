package dev.tripline.sink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.tripline.sink");

    @Test
    void seesTheClassesItSpeaksAbout() {
        assertThat(classes).hasSizeGreaterThan(30);
    }

    @Test
    void theDomainKnowsItselfAndJavaOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.tripline.sink.filing")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "dev.tripline.sink.filing",
                        "dev.tripline.service.text",
                        "dev.tripline.service.secrets",
                        "java.lang..",
                        "java.util..",
                        "java.time..",
                        "java.text..",
                        "java.math..",
                        "java.nio.charset..",
                        "java.security..",
                        "java.io..",
                        "javax.crypto..",
                        "org.jspecify..")
                .check(classes);
    }

    @Test
    void kafkaAndRecordsStayWithTheConsumerAndTheWiring() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.tripline.sink", "dev.tripline.sink.consumer")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "org.apache.avro..", "dev.tripline.events..")
                .check(classes);
    }

    @Test
    void httpAndJsonStayWithGitHub() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.tripline.sink.tracker.github")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "com.fasterxml.jackson..")
                .check(classes);
    }

    @Test
    void adaptersAreKnownToTheWiringAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.tripline.sink", "dev.tripline.sink.tracker.github", "dev.tripline.sink.tracker.local")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.tripline.sink.tracker.github", "dev.tripline.sink.tracker.local")
                .check(classes);
    }
}
