package dev.tripline.analyzer.pattern;

import java.util.ArrayList;
import java.util.List;

/** The rules that Tripline brings along, in the order in which they are asked. */
final class Recognisers {

    private Recognisers() {}

    /** What stands for a secret comes first, so that nothing can keep a part of it; keeps come before masks, so that no mask takes what means something. */
    static List<Recogniser> standard() {
        List<Recogniser> all = new ArrayList<>();
        all.add(new SecretMarks());
        all.addAll(CodeKeeps.recognisers());
        all.add(PlaceMasks.hexPairs());
        all.addAll(TimeMasks.recognisers());
        all.add(RandomMasks.encoded());
        all.addAll(PlaceMasks.recognisers());
        all.add(CodeKeeps.names());
        all.addAll(RandomMasks.recognisers());
        all.addAll(IdMasks.recognisers());
        all.addAll(NumberMasks.recognisers());
        return all;
    }
}
