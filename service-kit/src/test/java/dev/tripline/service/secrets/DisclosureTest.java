package dev.tripline.service.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisclosureTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "https://host/path https://host/path",
                "https://bob:s3cr3t@host/path https://…@host/path",
                "https://s3cr3t@host https://…@host",
                "https://bob:s3@cr3t@host https://…@host",
                "https://bob:s3cr/3t@host:1/p https://…@host:1/p",
                "https://bob:s3,cr3t@host https://…@host",
                "http://a:1,https://bob:s3cr3t@b:2,http://c http://a:1,https://…@b:2,http://c",
                "bob:s3cr3t@host:9092 …@host:9092",
                "https:bob:s3cr3t@host …@host",
                "bob:s3c://r3t@host …@host",
                "https://host/@scope/x https://host/@scope/x",
                "https://host?token=0123456789abcdef0123456789 https://host?token=<masked:query>",
            })
    void showsAnAddressWithoutUserAndPassword(String url, String shown) {
        assertThat(Disclosure.url(url)).isEqualTo(shown);
    }

    @Test
    void showsOneLineOfWhatOthersWrote() {
        KnownSecrets.process().remember("disclosed-nowhere");

        assertThat(Disclosure.line("no\u001b[1A access\nwith disclosed-nowhere, password=abc"))
                .isEqualTo("no\\u001b[1A access\\nwith <masked:configured>, password=<masked:password>");
    }
}
