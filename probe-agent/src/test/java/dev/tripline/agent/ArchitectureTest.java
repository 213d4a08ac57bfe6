package dev.tripline.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.tripline.agent");

    @Test
    void seesTheClasses() {
        assertThat(classes.contain("dev.tripline.agent.report.JunitXmlReader")).isTrue();
        assertThat(classes.contain("dev.tripline.agent.publish.KafkaPublisher")).isTrue();
    }

    @Test
    void knowsKafkaOnlyWherePublished() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.tripline.agent.publish..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(classes);
    }

    @Test
    void readsReportsWithoutKnowingWhatBecomesOfThem() {
        noClasses()
                .that()
                .resideInAPackage("dev.tripline.agent.report..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.tripline.agent.ingest..",
                        "dev.tripline.agent.publish..",
                        "dev.tripline.agent.probe..",
                        "dev.tripline.service",
                        "dev.tripline.service.health..")
                .check(classes);
    }

    @Test
    void knowsNoOtherService() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.tripline.analyzer..", "dev.tripline.sink..", "dev.tripline.cli..")
                .check(classes);
    }
}
