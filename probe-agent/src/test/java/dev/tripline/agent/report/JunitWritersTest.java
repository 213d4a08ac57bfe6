package dev.tripline.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One small report in the shape of each usual writer of JUnit XML, and the outcomes it stands for. */
class JunitWritersTest {
    private final JunitXmlReader reader = new JunitXmlReader();

    /**
     * A writer.
     *
     * @param name what it is called
     * @param report what it writes
     * @param outcomes {@code STATUS suite | class | test}, with {@code (flaky)} behind it
     */
    record Writer(String name, String report, List<String> outcomes) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("writers")
    void givesTheOutcomesOfEachUsualWriter(Writer writer) throws Exception {
        Said said = Golden.read(reader, writer.report());
        assertThat(said.outcomes.stream()
                        .map(outcome -> outcome.status() + " " + outcome.suite() + " | " + outcome.className() + " | "
                                + outcome.test() + (outcome.flaky() ? " (flaky)" : "")))
                .containsExactlyElementsOf(writer.outcomes());
        assertThat(said.passedOver).isEmpty();
    }

    static List<Writer> writers() {
        return List.of(
                new Writer(
                        "Gradle",
                        """
                        <testsuite name="shop.CartTest" tests="2" skipped="0" failures="1" errors="0" timestamp="2025-09-11T08:00:00.000Z" hostname="ci" time="0.02">
                          <properties/>
                          <testcase name="adds()" classname="shop.CartTest" time="0.01"/>
                          <testcase name="pays()" classname="shop.CartTest" time="0.01">
                            <failure message="org.opentest4j.AssertionFailedError: x" type="org.opentest4j.AssertionFailedError">trace</failure>
                          </testcase>
                          <system-out><![CDATA[]]></system-out>
                        </testsuite>
                        """,
                        List.of(
                                "PASSED shop.CartTest | shop.CartTest | adds()",
                                "FAILED shop.CartTest | shop.CartTest | pays()")),
                new Writer(
                        "Surefire with reruns",
                        """
                        <testsuite name="shop.CartTest" time="0.2" tests="2" errors="0" skipped="0" failures="1">
                          <testcase name="flickers" classname="shop.CartTest" time="0.1">
                            <flakyFailure message="once" type="java.lang.AssertionError"><stackTrace>at x</stackTrace></flakyFailure>
                          </testcase>
                          <testcase name="fails" classname="shop.CartTest" time="0.1">
                            <failure message="again" type="java.lang.AssertionError">at x</failure>
                            <rerunFailure message="again" type="java.lang.AssertionError"><stackTrace>at x</stackTrace></rerunFailure>
                          </testcase>
                        </testsuite>
                        """,
                        List.of(
                                "PASSED shop.CartTest | shop.CartTest | flickers (flaky)",
                                "FAILED shop.CartTest | shop.CartTest | fails")),
                new Writer("Bazel", """
                        <testsuites><testsuite name="shop/cart_test" tests="1" failures="0" errors="1">
                          <testcase name="shop/cart_test" status="run" duration="1" time="1"><error message="exited with error code 1"></error></testcase>
                          <system-out>log</system-out>
                        </testsuite></testsuites>
                        """, List.of("ERRORED shop/cart_test | null | shop/cart_test")),
                new Writer(
                        "Jest",
                        """
                        <testsuites name="jest tests" tests="2" failures="1" errors="0" time="1.2">
                          <testsuite name="cart" errors="0" failures="1" skipped="0" timestamp="2025-09-11T08:00:00" time="0.9" tests="2">
                            <testcase classname="cart adds" name="cart adds" time="0.004"></testcase>
                            <testcase classname="cart pays" name="cart pays" time="0.001"><failure>Error: expect(received).toBe(expected)</failure></testcase>
                          </testsuite>
                        </testsuites>
                        """,
                        List.of("PASSED cart | cart adds | cart adds", "FAILED cart | cart pays | cart pays")),
                new Writer("Mocha", """
                        <testsuites name="Mocha Tests" time="0.010" tests="2" failures="1">
                          <testsuite name="Root Suite" timestamp="2025-09-11T08:00:00" tests="0" time="0.000" failures="0"></testsuite>
                          <testsuite name="cart" timestamp="2025-09-11T08:00:00" tests="2" file="/b/test/cart.js" time="0.010" failures="1">
                            <testcase name="cart adds" time="0.002" classname="adds"></testcase>
                            <testcase name="cart pays" time="0.008" classname="pays"><failure message="expected 1" type="AssertionError"><![CDATA[AssertionError: expected 1]]></failure></testcase>
                          </testsuite>
                        </testsuites>
                        """, List.of("PASSED cart | adds | cart adds", "FAILED cart | pays | cart pays")),
                new Writer(
                        "CTest",
                        """
                        <testsuite name="Linux-c++" tests="3" failures="1" disabled="1" skipped="0" hostname="ci" time="1" timestamp="2025-09-11T08:00:00">
                          <testcase name="adds" classname="adds" time="0.1" status="run"><system-out>ok</system-out></testcase>
                          <testcase name="pays" classname="pays" time="0.1" status="fail"><failure message="Failed"/><system-out>no</system-out></testcase>
                          <testcase name="later" classname="later" time="0" status="disabled"><skipped message="Disabled"/></testcase>
                        </testsuite>
                        """,
                        List.of(
                                "PASSED Linux-c++ | adds | adds",
                                "FAILED Linux-c++ | pays | pays",
                                "SKIPPED Linux-c++ | later | later")),
                new Writer(
                        "Catch2",
                        """
                        <testsuites><testsuite name="cart_tests" errors="0" failures="1" skipped="0" tests="2" hostname="tbd" time="0.01" timestamp="2025-09-11T08:00:00Z">
                          <properties><property name="random-seed" value="1"/></properties>
                          <testcase classname="cart_tests.global" name="adds" time="0.001" status="run"/>
                          <testcase classname="cart_tests.global" name="pays/by card" time="0.002" status="run"><failure message="1 == 2" type="REQUIRE">FAILED:</failure></testcase>
                        </testsuite></testsuites>
                        """,
                        List.of(
                                "PASSED cart_tests | cart_tests.global | adds",
                                "FAILED cart_tests | cart_tests.global | pays/by card")),
                new Writer(
                        "go-junit-report",
                        """
                        <testsuites tests="2" failures="1"><testsuite name="example.com/shop" tests="2" failures="1" errors="0" id="0" hostname="ci" time="0.1" timestamp="2025-09-11T08:00:00Z">
                          <properties><property name="go.version" value="go1.24"></property></properties>
                          <testcase name="TestPay" classname="example.com/shop" time="0.010"><failure message="Failed"><![CDATA[    pay_test.go:12: got 1]]></failure></testcase>
                          <testcase name="TestPay/by_card" classname="example.com/shop" time="0.000"></testcase>
                        </testsuite></testsuites>
                        """,
                        List.of(
                                "FAILED example.com/shop | example.com/shop | TestPay",
                                "PASSED example.com/shop | example.com/shop | TestPay/by_card")),
                new Writer(
                        "gotestsum",
                        """
                        <testsuites tests="2" failures="1" errors="0" time="0.5"><testsuite tests="2" failures="1" time="0.1" name="example.com/shop" timestamp="2025-09-11T08:00:00Z">
                          <properties><property name="go.version" value="go1.24 linux/amd64"></property></properties>
                          <testcase classname="example.com/shop" name="TestMain" time="0.000000"><failure message="Failed" type="">panic</failure></testcase>
                          <testcase classname="example.com/shop" name="TestAdd" time="0.010000"></testcase>
                        </testsuite></testsuites>
                        """,
                        List.of(
                                "FAILED example.com/shop | example.com/shop | TestMain",
                                "PASSED example.com/shop | example.com/shop | TestAdd")),
                new Writer(
                        "Playwright",
                        """
                        <testsuites id="" name="" tests="2" failures="0" skipped="0" errors="0" time="1.5">
                          <testsuite name="cart.spec.ts" timestamp="2025-09-11T08:00:00.000Z" hostname="chromium" tests="1" failures="0" skipped="0" time="0.5" errors="0"><testcase name="cart › adds" classname="cart.spec.ts" time="0.5"></testcase></testsuite>
                          <testsuite name="cart.spec.ts" timestamp="2025-09-11T08:00:00.000Z" hostname="firefox" tests="1" failures="0" skipped="0" time="0.5" errors="0"><testcase name="cart › adds" classname="cart.spec.ts" time="0.5"></testcase></testsuite>
                        </testsuites>
                        """,
                        List.of(
                                "PASSED cart.spec.ts | cart.spec.ts | cart › adds",
                                "PASSED cart.spec.ts | firefox/cart.spec.ts | cart › adds")),
                new Writer("Cypress", """
                        <testsuites name="Mocha Tests" time="2.1" tests="1" failures="1">
                          <testsuite name="Root Suite" timestamp="2025-09-11T08:00:00" tests="0" file="cypress/e2e/cart.cy.js" time="0.0" failures="0"></testsuite>
                          <testsuite name="cart" timestamp="2025-09-11T08:00:00" tests="1" time="2.1" failures="1">
                            <testcase name="cart pays" time="2.1" classname="pays"><failure message="Timed out retrying after 4000ms" type="AssertionError"><![CDATA[AssertionError: Timed out]]></failure></testcase>
                          </testsuite>
                        </testsuites>
                        """, List.of("FAILED cart | pays | cart pays")),
                new Writer(
                        "PHPUnit",
                        """
                        <testsuites><testsuite name="/b/phpunit.xml" tests="2" assertions="2" errors="1" failures="0" skipped="0" time="0.01">
                          <testsuite name="unit" tests="2"><testsuite name="Shop\\CartTest" file="/b/tests/CartTest.php" tests="2">
                            <testcase name="testAdds" file="/b/tests/CartTest.php" line="9" class="Shop\\CartTest" classname="Shop.CartTest" assertions="1" time="0.001"/>
                            <testcase name="testPays" file="/b/tests/CartTest.php" line="14" class="Shop\\CartTest" classname="Shop.CartTest" assertions="1" time="0.001"><error type="RuntimeException">RuntimeException: closed</error></testcase>
                          </testsuite></testsuite>
                        </testsuite></testsuites>
                        """,
                        List.of(
                                "PASSED unit/Shop\\CartTest | Shop.CartTest | testAdds",
                                "ERRORED unit/Shop\\CartTest | Shop.CartTest | testPays")),
                new Writer(
                        "RSpec",
                        """
                        <testsuite name="rspec" tests="2" skipped="1" failures="1" errors="0" time="0.01" timestamp="2025-09-11T08:00:00+00:00" hostname="ci">
                          <properties><property name="seed" value="1"/></properties>
                          <testcase classname="spec.cart_spec" name="Cart pays" file="./spec/cart_spec.rb" time="0.002"><failure message="expected: 1" type="RSpec::Expectations::ExpectationNotMetError">Failure/Error</failure></testcase>
                          <testcase classname="spec.cart_spec" name="Cart later" file="./spec/cart_spec.rb" time="0.000"><skipped/></testcase>
                        </testsuite>
                        """,
                        List.of(
                                "FAILED rspec | spec.cart_spec | Cart pays",
                                "SKIPPED rspec | spec.cart_spec | Cart later")),
                new Writer(
                        "ScalaTest",
                        """
                        <testsuite errors="0" failures="1" hostname="ci" name="shop.CartSpec" tests="2" time="0.1" timestamp="2025-09-11T08:00:00" skipped="0">
                          <properties/>
                          <testcase name="a cart should add" classname="shop.CartSpec" time="0.05"></testcase>
                          <testcase name="a cart should pay" classname="shop.CartSpec" time="0.05"><failure message="1 did not equal 2" type="class org.scalatest.exceptions.TestFailedException">trace</failure></testcase>
                          <system-out><![CDATA[]]></system-out>
                        </testsuite>
                        """,
                        List.of(
                                "PASSED shop.CartSpec | shop.CartSpec | a cart should add",
                                "FAILED shop.CartSpec | shop.CartSpec | a cart should pay")),
                new Writer(
                        "kotest",
                        """
                        <testsuite name="shop.CartSpec" errors="0" failures="0" hostname="ci" skipped="1" tests="2" time="0.1" timestamp="2025-09-11T08:00:00Z">
                          <testcase name="a cart -- adds" classname="shop.CartSpec" time="0.05"/>
                          <testcase name="a cart -- later" classname="shop.CartSpec" time="0.0"><skipped/></testcase>
                        </testsuite>
                        """,
                        List.of(
                                "PASSED shop.CartSpec | shop.CartSpec | a cart -- adds",
                                "SKIPPED shop.CartSpec | shop.CartSpec | a cart -- later")));
    }
}
