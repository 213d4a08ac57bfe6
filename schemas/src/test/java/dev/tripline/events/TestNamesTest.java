package dev.tripline.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestNamesTest {
    @ParameterizedTest
    @CsvSource({
        "login, '', pays, pays",
        "test_login, tests.e2e.test_login, pays, pays",
        "shop.LoginTest, shop.LoginTest, pays, pays",
        "mac/shop.LoginTest, shop.LoginTest, pays, pays",
        "web, shop pays, shop pays, shop pays",
        "web, tests.test_login, pays, pays (tests.test_login)",
        "login, tests.test_login, pays, pays (tests.test_login)",
    })
    void showsTheClassWhereTheSuiteDoesNotSayIt(String suite, String className, String test, String shown) {
        assertThat(TestNames.shown(suite, className, test)).isEqualTo(shown);
    }
}
