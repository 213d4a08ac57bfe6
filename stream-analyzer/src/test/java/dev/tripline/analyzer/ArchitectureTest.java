package dev.tripline.analyzer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    private static final String ROOT = "dev.tripline.analyzer";
    private static final String[] DOMAIN = {
        ROOT + ".outcome..",
        ROOT + ".rate..",
        ROOT + ".pattern..",
        ROOT + ".run..",
        ROOT + ".breach..",
        ROOT + ".incident..",
        ROOT + ".environment..",
        ROOT + ".state..",
        ROOT + ".agent..",
        ROOT + ".series.."
    };

    private static JavaClasses analyzer;

    @BeforeAll
    static void importClasses() {
        analyzer = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
    }

    @Test
    void sawTheClasses() {
        assertThat(analyzer.size()).isGreaterThan(100);
    }

    @Test
    void domainKnowsNeitherKafkaNorAvroNorAnyFormat() {
        classes()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with(
                        "java..",
                        "org.jspecify..",
                        "dev.tripline.service.text..",
                        "dev.tripline.service.secrets..",
                        "dev.tripline.service.time.."))
                .check(analyzer);
    }

    @Test
    void onlyTheEdgesKnowKafka() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, ROOT + ".topology..", ROOT + ".publish..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..")
                .check(analyzer);
    }

    @Test
    void onlyTheRulesReaderAndTheEntranceReadConfiguration() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".wire..", ROOT + ".backtest..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.tripline.service", "dev.tripline.service.health..", "com.fasterxml..")
                .check(analyzer);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(analyzer);
    }

    private static String[] with(String... more) {
        var all = new java.util.ArrayList<String>(java.util.List.of(DOMAIN));
        all.addAll(java.util.List.of(more));
        return all.toArray(String[]::new);
    }
}
