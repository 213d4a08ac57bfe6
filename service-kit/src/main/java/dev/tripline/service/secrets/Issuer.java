package dev.tripline.service.secrets;

import java.util.List;

/**
 * How the tokens of one issuer begin, as issuers document it so that leaked ones are found.
 *
 * @param prefix what they begin with
 * @param kind short name of the issuer
 * @param shortest characters behind the prefix at least; real ones have more, cut ones less
 * @param anywhere whether the prefix is telling enough within a word; else it must begin one
 * @param solid whether the shortest tail must be letters and digits only, since words of programs begin alike
 * @param digit whether the tail must have a digit, for the same reason
 * @param more signs that tokens have besides letters, digits, {@code _}, {@code -} and {@code .}
 * @see <a href="https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns">GitHub:
 *     supported patterns</a>
 */
record Issuer(String prefix, String kind, int shortest, boolean anywhere, boolean solid, boolean digit, String more) {

    private static final int USUAL = 10;

    /** The one list of prefixes. */
    static final List<Issuer> ALL = List.of(
            telling("ghp_", "github"),
            telling("gho_", "github"),
            telling("ghu_", "github"),
            telling("ghs_", "github"),
            telling("ghr_", "github"),
            telling("github_pat_", "github"),
            telling("glpat-", "gitlab"),
            telling("gldt-", "gitlab"),
            telling("glrt-", "gitlab"),
            telling("glcbt-", "gitlab"),
            telling("glptt-", "gitlab"),
            telling("glft-", "gitlab"),
            telling("glimt-", "gitlab"),
            telling("glagent-", "gitlab"),
            telling("gloas-", "gitlab"),
            telling("glsoat-", "gitlab"),
            telling("glffct-", "gitlab"),
            telling("xoxa-", "slack"),
            telling("xoxb-", "slack"),
            telling("xoxc-", "slack"),
            telling("xoxd-", "slack"),
            telling("xoxe-", "slack"),
            telling("xoxe.", "slack"),
            telling("xoxo-", "slack"),
            telling("xoxp-", "slack"),
            telling("xoxr-", "slack"),
            telling("xoxs-", "slack"),
            telling("xapp-", "slack"),
            new Issuer("hooks.slack.com/services/", "slack", 8, true, false, false, "/"),
            new Issuer("AIza", "gcp", 20, true, false, false, ""),
            telling("ya29.", "gcp"),
            weak("sk_live_", "stripe", USUAL),
            weak("sk_test_", "stripe", USUAL),
            weak("pk_live_", "stripe", USUAL),
            weak("pk_test_", "stripe", USUAL),
            weak("rk_live_", "stripe", USUAL),
            weak("rk_test_", "stripe", USUAL),
            new Issuer("whsec_", "stripe", USUAL, true, false, false, "+/="),
            new Issuer("sk-", "model-key", 16, false, false, true, ""),
            weak("npm_", "npm", 20),
            new Issuer("pypi-", "pypi", 16, false, true, false, ""),
            weak("hf_", "hugging-face", 20),
            telling("dop_v1_", "digitalocean"),
            telling("shpat_", "shopify"),
            telling("shpss_", "shopify"),
            telling("shpca_", "shopify"),
            telling("dckr_pat_", "docker"),
            new Issuer("SG.", "sendgrid", 40, false, false, true, ""),
            new Issuer("hvs.", "vault", 20, false, false, true, ""));

    private static Issuer telling(String prefix, String kind) {
        return new Issuer(prefix, kind, USUAL, true, false, false, "");
    }

    private static Issuer weak(String prefix, String kind, int shortest) {
        return new Issuer(prefix, kind, shortest, false, true, true, "");
    }
}
