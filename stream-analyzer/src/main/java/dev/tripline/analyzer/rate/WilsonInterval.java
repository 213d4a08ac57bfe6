package dev.tripline.analyzer.rate;

/**
 * Score interval of a success rate: for reading, never an alarm.
 *
 * @param low lower end, 0 to 1
 * @param high upper end, 0 to 1
 */
public record WilsonInterval(double low, double high) {
    /** Normal quantile of a two-sided confidence of 95 %. */
    public static final double Z95 = 1.959963984540054;

    /**
     * Computes the interval in constant time.
     *
     * @param passed number of passed outcomes; 0 to {@code total}
     * @param total number of conclusive outcomes; at least 1
     * @param z normal quantile of the wanted confidence, without unit; greater than 0
     * @throws IllegalArgumentException if an argument is out of range
     * @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson (1927), p. 209</a>
     */
    public static WilsonInterval of(long passed, long total, double z) {
        if (total < 1 || passed < 0 || passed > total || !(z > 0)) {
            throw new IllegalArgumentException(
                    "passed must be 0 to total, total at least 1, z above 0; got " + passed + ", " + total + ", " + z);
        }
        double p = (double) passed / total;
        double z2 = z * z;
        double middle = p + z2 / (2 * total);
        double half = z * Math.sqrt(p * (1 - p) / total + z2 / (4.0 * total * total));
        double scale = 1 + z2 / total;
        double low = passed == 0 ? 0 : Math.max(0, (middle - half) / scale);
        double high = passed == total ? 1 : Math.min(1, (middle + half) / scale);
        return new WilsonInterval(low, high);
    }
}
