package dev.pawl.packaging;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Where a package came from: an in-toto statement of version 1 about it, whose predicate is SLSA's provenance of version 1.
 *
 * @param evidence what each check of the build rests on, as a digest, by its name
 */
record Provenance(Build build, Digest keyId, Map<String, Digest> evidence) {
    static final String FILE = "provenance.dsse.json";
    static final String STATEMENT = "https://in-toto.io/Statement/v1";
    static final String PREDICATE = "https://slsa.dev/provenance/v1";

    /** docs/packages.md says what it means. */
    static final String BUILD_TYPE = "urn:pawl:ci:v1";

    static final String IMAGE = "image";
    private static final String JSON = "application/json";

    String statement() {
        Made made = build.made();
        List<Object> subjects = new ArrayList<>();
        subjects.add(subject(made.origin().project().value(), made.packageDigest()));
        made.image().ifPresent(image -> subjects.add(subject(IMAGE, image.digest())));
        return Json.write(Map.of(
                "_type",
                STATEMENT,
                "subject",
                subjects,
                "predicateType",
                PREDICATE,
                "predicate",
                Map.of("buildDefinition", buildDefinition(), "runDetails", runDetails())));
    }

    private Map<String, Object> buildDefinition() {
        Origin origin = build.made().origin();
        return Map.of(
                "buildType",
                BUILD_TYPE,
                "externalParameters",
                Map.of(
                        "repository", origin.repository(),
                        "ref", origin.ref(),
                        "commit", origin.commit().value()),
                "internalParameters",
                Map.of(
                        "definition",
                        build.definition(),
                        "needs",
                        Json.tree(build.made().needs())),
                "resolvedDependencies",
                dependencies(origin));
    }

    private List<Object> dependencies(Origin origin) {
        List<Object> all = new ArrayList<>();
        all.add(Map.of(
                "uri",
                "git+" + origin.repository() + "@" + origin.ref(),
                "digest",
                Map.of("gitCommit", origin.commit().value())));
        build.made()
                .image()
                .ifPresent(image -> image.baseDigest()
                        .ifPresent(digest ->
                                all.add(Map.of("name", "base image", "uri", image.base(), "digest", sha256(digest)))));
        build.made().locks().forEach(lock -> all.add(subject(lock.path(), lock.digest())));
        return all;
    }

    private Map<String, Object> runDetails() {
        return Map.of(
                "builder",
                Map.of("id", builder(keyId)),
                "metadata",
                Map.of(
                        "invocationId", build.ciRun().value(),
                        "startedOn", build.startedAt().toString(),
                        "finishedOn", build.finishedAt().toString()),
                "byproducts",
                byproducts());
    }

    /** A server is known by its key and by nothing else: addresses change. */
    static String builder(Digest keyId) {
        return "urn:pawl:server:" + keyId.hex();
    }

    private List<Object> byproducts() {
        List<Object> all = new ArrayList<>();
        all.add(Map.of(
                "name",
                Sbom.FILE,
                "mediaType",
                Sbom.MEDIA_TYPE,
                "digest",
                sha256(build.made().sbom())));
        for (Build.Checked check : build.checks()) {
            Map<String, Object> byproduct = new TreeMap<>();
            byproduct.put("name", "check/" + check.name());
            byproduct.put("mediaType", JSON);
            byproduct.put("digest", sha256(Objects.requireNonNull(evidence.get(check.name()))));
            byproduct.put("annotations", Map.of("passed", check.passed(), "summary", firstLine(check.summary())));
            all.add(byproduct);
        }
        return all;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static Map<String, Object> subject(String name, Digest digest) {
        Map<String, Object> subject = new LinkedHashMap<>();
        subject.put("name", name);
        subject.put("digest", sha256(digest));
        return subject;
    }

    private static Map<String, String> sha256(Digest digest) {
        return Map.of("sha256", digest.hex());
    }
}
