package dev.tripline.events;

/** Names of tests as pages and issues show them. */
public final class TestNames {
    private TestNames() {}

    /**
     * Returns the short name of a test where its suite already says which class it belongs to, else the name with the class:
     * {@code test_pay} in the suites {@code test_login} and {@code tests.test_login}, {@code test_pay (tests.test_login)} in
     * the suite {@code web}.
     *
     * @param className class of the test; empty if it has none
     */
    public static String shown(String suite, String className, String test) {
        boolean isSaid = className.isEmpty()
                || className.equals(test)
                || className.equals(suite)
                || suite.endsWith("/" + className)
                || className.endsWith("." + suite);
        return isSaid ? test : withClass(className, test);
    }

    /** Returns the name of a test with its class, for where the short name could mean another test. */
    public static String withClass(String className, String test) {
        return className.isEmpty() ? test : test + " (" + className + ")";
    }
}
