package dev.tripline.service.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownSecretsTest {
    private final KnownSecrets secrets = new KnownSecrets();

    @Test
    void masksASecretWhateverStandsAroundIt() {
        secrets.remember("correct horse/battery");

        assertThat(secrets.mask("bad: 'correct horse/battery'xcorrect horse/battery"))
                .isEqualTo("bad: '<masked:configured>'x<masked:configured>");
        assertThat(secrets.mask("at https://h/?p=correct+horse%2Fbattery"))
                .isEqualTo("at https://h/?p=<masked:configured>");
        String other = "correct horse";
        assertThat(secrets.mask(other)).isSameAs(other);
    }

    @Test
    void masksSecretsThatOverlapOrHoldOneAnotherAsOne() {
        secrets.remember("abcdefgh");
        secrets.remember("efghijkl");
        secrets.remember("masked");
        secrets.remember("configured");

        assertThat(secrets.mask("-abcdefghijkl-")).isEqualTo("-<masked:configured>-");
        assertThat(secrets.mask("masked, configured")).isEqualTo("<masked:configured>, <masked:configured>");
    }

    @Test
    void masksEachLongLineOfAKey() {
        secrets.remember("-- BEGIN --\nMIIEvQIBADANBgkqhkiG\r\nkqhkiG9w0BAQEFAASC\n==\n");

        assertThat(secrets.mask("kqhkiG9w0BAQEFAASC MIIEvQIBADANBgkqhkiG =="))
                .isEqualTo("<masked:configured> <masked:configured> ==");
    }

    @Test
    void looksForNoShortSecret() {
        secrets.remember("admin");
        secrets.remember("");

        assertThat(secrets.mask("the admin")).isEqualTo("the admin");
    }

    @Test
    void knowsByItsNameWhatIsSecretInAValue() {
        secrets.rememberValue("ssl.keystore.password", "tr0ub4dor");
        secrets.rememberValue(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"agent\" password=\"hunter2hunter2\";");
        secrets.rememberValue("security.protocol", "SASL_SSL");

        assertThat(secrets.mask("SASL_SSL agent tr0ub4dor hunter2hunter2"))
                .isEqualTo("SASL_SSL agent <masked:configured> <masked:configured>");
    }
}
