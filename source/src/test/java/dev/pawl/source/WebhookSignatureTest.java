package dev.pawl.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookSignatureTest {
    /** The example of GitHub's documentation. */
    private static final String SECRET = "It's a Secret to Everybody";

    private static final String BODY = "Hello, World!";
    private static final String HEX = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    private static boolean isRight(Map<String, String> headers, String secret, String body) {
        var signature = new WebhookSignature(name -> Optional.ofNullable(headers.get(name)), secret);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        int half = bytes.length / 2;
        signature.update(bytes, half);
        byte[] rest = java.util.Arrays.copyOfRange(bytes, half, bytes.length);
        signature.update(rest, rest.length);
        return signature.isRight();
    }

    @ParameterizedTest
    @CsvSource({
        "X-Hub-Signature-256, sha256=",
        "X-Hub-Signature, sha256=",
        "X-Gitea-Signature, ''",
        "X-Forgejo-Signature, ''"
    })
    void every_host_signs_the_body_in_a_header_of_its_own(String header, String prefix) {
        assertThat(isRight(Map.of(header, prefix + HEX), SECRET, BODY)).isTrue();
        assertThat(isRight(Map.of(header, prefix + HEX), SECRET, BODY + "!")).isFalse();
        assertThat(isRight(Map.of(header, prefix + HEX), "another", BODY)).isFalse();
        assertThat(isRight(Map.of(header, prefix + HEX.replace('7', '8')), SECRET, BODY))
                .isFalse();
        assertThat(isRight(Map.of(header, prefix + HEX.substring(2)), SECRET, BODY))
                .isFalse();
        assertThat(isRight(Map.of(header, prefix), SECRET, BODY)).isFalse();
        assertThat(isRight(Map.of(header, prefix + "no hex"), SECRET, BODY)).isFalse();
    }

    /** From {@code src/test/gitea/run}: what Gitea 1.24 sent for a push. */
    @Test
    void a_real_gitea_is_believed() throws IOException {
        Recording sent = Recording.read("webhook-1");

        assertThat(sent.first()).isEqualTo("POST /api/source/hooks/wards");
        assertThat(isRight(sent.headers(), SECRET, sent.body())).isTrue();
        assertThat(isRight(sent.headers(), SECRET, sent.body().replace("refs/heads/main", "refs/heads/evil")))
                .isFalse();
    }

    @Test
    void gitlab_sends_the_secret_itself() {
        assertThat(isRight(Map.of("X-Gitlab-Token", SECRET), SECRET, BODY)).isTrue();
        assertThat(isRight(Map.of("X-Gitlab-Token", SECRET + "x"), SECRET, BODY))
                .isFalse();
    }

    /** The example of the specification of Standard Webhooks. */
    @Test
    void gitlab_signs_as_standard_webhooks_do() {
        String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        String body = "{\"test\": 2432232314}";
        Map<String, String> headers = Map.of(
                "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "webhook-timestamp", "1614265330",
                "webhook-signature", "v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

        assertThat(isRight(headers, secret, body)).isTrue();
        assertThat(isRight(headers, secret, body + " ")).isFalse();
        assertThat(isRight(headers, "whsec_AAAA", body)).isFalse();
        assertThat(isRight(headers, "whsec_", body)).isFalse();
    }

    @Test
    void an_old_digest_or_none_is_not_enough() {
        assertThat(isRight(Map.of(), SECRET, BODY)).isFalse();
        assertThat(isRight(Map.of("X-Hub-Signature", "sha1=" + HEX.substring(0, 40)), SECRET, BODY))
                .isFalse();
    }
}
