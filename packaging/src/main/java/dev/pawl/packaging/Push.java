package dev.pawl.packaging;

import dev.pawl.kernel.PawlException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where an image is pushed to.
 *
 * @param to a name with a registry's host, such as {@code registry.example.org/births:1}
 */
record Push(String to, Optional<Login> login) {
    private static final Pattern THIS_MACHINE = Pattern.compile("(localhost|127\\.0\\.0\\.1)(:[0-9]+)?/.+");

    /** Not to be printed by accident. */
    record Login(String user, String password) {
        @Override
        public String toString() {
            return "login of " + user;
        }

        /** @param secret a user and a password or token, with a colon between them */
        static Login of(String name, String secret) {
            int colon = secret.indexOf(':');
            if (colon < 1) {
                throw PawlException.user(
                        "bad-secret", "The secret '" + name + "' must be USER:PASSWORD to log in to a registry");
            }
            return new Login(secret.substring(0, colon), secret.substring(colon + 1));
        }
    }

    /** There alone a registry may do without TLS. */
    static boolean isOnThisMachine(String name) {
        return THIS_MACHINE.matcher(name).matches();
    }

    PawlException refused(Exception e) {
        PawlException error = PawlException.user("not-pushed", message(e));
        error.addSuppressed(e);
        return error;
    }

    PawlException failed(Exception e) {
        return PawlException.external("not-pushed", message(e), e);
    }

    private String message(Exception e) {
        return "The image could not be pushed to '%s': %s".formatted(to, e.getMessage());
    }
}
