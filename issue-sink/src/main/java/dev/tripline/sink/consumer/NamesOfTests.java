package dev.tripline.sink.consumer;

import dev.tripline.events.Incident;
import dev.tripline.events.OutcomeRef;
import dev.tripline.events.TestNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names under which the tests of one incident are shown: short ones, unless two classes have a test of one name. */
final class NamesOfTests {
    private record ShortName(String suite, String test) {}

    private final Map<ShortName, Set<String>> classes = new HashMap<>();

    NamesOfTests(Incident incident) {
        incident.getTests().forEach(test -> add(test.getSuite(), test.getClassName(), test.getTest()));
        incident.getEvidence().forEach(sample -> {
            OutcomeRef outcome = sample.getOutcome();
            add(outcome.getSuite(), outcome.getClassName(), outcome.getTest());
        });
    }

    String of(String suite, String className, String test) {
        boolean isAmbiguous =
                classes.getOrDefault(new ShortName(suite, test), Set.of()).size() > 1;
        return isAmbiguous ? TestNames.withClass(className, test) : TestNames.shown(suite, className, test);
    }

    private void add(String suite, String className, String test) {
        classes.computeIfAbsent(new ShortName(suite, test), name -> new HashSet<>())
                .add(className);
    }
}
