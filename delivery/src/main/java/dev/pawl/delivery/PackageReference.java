package dev.pawl.delivery;

import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.store.Tx;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How people name a package: its digest or its commit, as much of it as is needed to tell it from the others. */
final class PackageReference {
    private static final int MOST_NAMED = 5;
    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{4,64}");

    private PackageReference() {}

    static KnownPackage resolve(Tx tx, ProjectName project, String reference) {
        List<KnownPackage> found = DeploymentStore.startingWith(tx, project, digits(reference));
        if (found.isEmpty()) {
            throw unknown(tx, project, reference);
        }
        if (commits(found) > 1) {
            throw PawlException.user(
                    "package-ambiguous",
                    "'%s' may be any of the packages %s of project %s; give more digits"
                            .formatted(reference, list(found), project));
        }
        return found.getFirst();
    }

    private static String digits(String reference) {
        String digits = reference.startsWith("sha256:") ? reference.substring("sha256:".length()) : reference;
        if (!DIGITS.matcher(digits).matches()) {
            throw PawlException.user(
                    "bad-package",
                    "A package is named by 4 to 64 hexadecimal digits of its digest or its commit, not '%s'"
                            .formatted(reference.length() > 80 ? reference.substring(0, 80) + "..." : reference));
        }
        return digits;
    }

    /** One commit may have been built more than once: then its newest package is meant. */
    private static long commits(List<KnownPackage> found) {
        return found.stream().map(KnownPackage::commit).distinct().count();
    }

    private static PawlException unknown(Tx tx, ProjectName project, String reference) {
        String newest = DeploymentStore.newest(tx, project)
                .map(known -> "its newest is " + known)
                .orElse("it has none yet: push a commit first");
        return PawlException.notFound(
                "no-package", "Project %s has no package '%s'; %s".formatted(project, reference, newest));
    }

    private static String list(List<KnownPackage> found) {
        return found.stream().limit(MOST_NAMED).map(KnownPackage::toString).collect(Collectors.joining(", "))
                + (found.size() > MOST_NAMED ? ", ..." : "");
    }
}
