package dev.tripline.analyzer.topology;

import dev.tripline.events.DecisionInput;
import dev.tripline.events.Keys;

/** Keys of decision inputs. */
final class InputKeys {
    private InputKeys() {}

    static String of(DecisionInput input) {
        return Keys.of(input.getEnvironment());
    }
}
