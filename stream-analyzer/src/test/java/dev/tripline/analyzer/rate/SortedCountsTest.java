package dev.tripline.analyzer.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SortedCountsTest {
    @Test
    void countsAsASortedMapDoes() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            var counts = new SortedCounts<Integer>();
            var map = new TreeMap<Integer, Long>();
            for (int i = 0; i < 200; i++) {
                var other = new SortedCounts<Integer>();
                int members = random.nextInt(4);
                for (int member = 0; member < members; member++) {
                    other.add(random.nextInt(20), random.nextLong(1, 3));
                }
                boolean fits = true;
                for (int at = 0; at < other.size(); at++) {
                    fits &= map.getOrDefault(other.key(at), 0L) >= other.count(at);
                }
                if (fits && random.nextBoolean()) {
                    counts.subtract(other);
                    for (int at = 0; at < other.size(); at++) {
                        long left = map.get(other.key(at)) - other.count(at);
                        map.compute(other.key(at), (key, count) -> left == 0 ? null : left);
                    }
                } else {
                    counts.add(other);
                    for (int at = 0; at < other.size(); at++) {
                        map.merge(other.key(at), other.count(at), Long::sum);
                    }
                }
                var copy = new SortedCounts<>(counts);
                copy.add(1, 1);
                var seen = new TreeMap<Integer, Long>();
                int last = -1;
                for (int at = 0; at < counts.size(); at++) {
                    assertThat(counts.key(at)).isGreaterThan(last);
                    last = counts.key(at);
                    seen.put(last, counts.count(at));
                }
                assertThat(seen).as("seed %d, step %d", seed, i).isEqualTo(map);
                assertThat(counts.has(7)).isEqualTo(map.containsKey(7));
            }
        }
    }

    @Test
    void bucketsAreInOrderWhateverOrderTheyComeIn() {
        for (long seed = 0; seed < 100; seed++) {
            var random = new SplittableRandom(seed);
            var buckets = new Buckets();
            var map = new TreeMap<Long, Long>();
            for (int i = 0; i < 300; i++) {
                if (!map.isEmpty() && random.nextInt(3) == 0) {
                    var oldest = map.pollFirstEntry();
                    assertThat(buckets.start(0)).isEqualTo(oldest.getKey());
                    assertThat(buckets.removeFirst().flaky()).isEqualTo(oldest.getValue());
                } else {
                    long start = random.nextInt(4) == 0 ? random.nextLong(-50, 50) : i;
                    long flaky = random.nextLong(1, 9);
                    buckets.add(start, flaky(flaky));
                    map.merge(start, flaky, Long::sum);
                }
                var seen = new TreeMap<Long, Long>();
                for (int at = 0; at < buckets.size(); at++) {
                    seen.put(buckets.start(at), buckets.tally(at).flaky());
                }
                assertThat(seen).as("seed %d, step %d", seed, i).isEqualTo(map);
            }
        }
    }

    private static Tally flaky(long number) {
        return Tally.of(
                dev.tripline.analyzer.outcome.StatusCounts.NONE, number, java.util.Map.of(), java.util.Map.of());
    }
}
