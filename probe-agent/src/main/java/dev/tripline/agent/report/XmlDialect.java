package dev.tripline.agent.report;

import java.util.Map;

/** Kinds of XML that lie where JUnit reports are looked for, told by their root element. */
final class XmlDialect {
    private static final Map<String, String> OTHERS = Map.ofEntries(
            Map.entry("test-run", "NUnit 3"),
            Map.entry("test-results", "NUnit 2"),
            Map.entry("assemblies", "xUnit.net"),
            Map.entry("assembly", "xUnit.net"),
            Map.entry("assembly-run", "xUnit.net"),
            Map.entry("TestRun", "TRX (Visual Studio)"),
            Map.entry("testng-results", "TestNG"),
            Map.entry("robot", "Robot Framework"),
            Map.entry("TestLog", "Boost.Test"),
            Map.entry("TestResult", "Boost.Test"),
            Map.entry("Site", "CTest"),
            Map.entry("Catch", "Catch2"),
            Map.entry("Catch2TestRun", "Catch2"),
            Map.entry("doctest", "doctest"),
            Map.entry("testExecutions", "SonarQube"),
            Map.entry("failsafe-summary", "Failsafe's summary"),
            Map.entry("checkstyle", "Checkstyle"),
            Map.entry("coverage", "Cobertura"),
            Map.entry("report", "JaCoCo"),
            Map.entry("BugCollection", "SpotBugs"),
            Map.entry("project", "a project file"),
            Map.entry("html", "HTML"));

    private XmlDialect() {}

    /** Tells whether a root belongs to a known kind that is not JUnit's; its failures are written another way. */
    static boolean isOther(String root) {
        return OTHERS.containsKey(root);
    }

    /** Says what a document without JUnit's test cases is: {@code NUnit 3, root <test-run>}. */
    static String describe(String root) {
        if (root.equals("testsuites") || root.equals("testsuite") || root.equals("testcase")) {
            return "no test cases";
        }
        return OTHERS.getOrDefault(root, "no JUnit XML") + ", root <" + root + ">";
    }
}
