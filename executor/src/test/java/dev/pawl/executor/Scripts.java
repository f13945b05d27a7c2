package dev.pawl.executor;

import dev.pawl.executor.ExecutorRig.Act;

/** What commands do well and badly; for any shell with the usual tools. */
final class Scripts {
    private Scripts() {}

    static String of(Act act) {
        return switch (act) {
            case SUCCEED -> "echo hello; echo and errors >&2; printf done > $PAWL_OUTPUTS/done";
            case FAIL -> "exit 7";
            case PRINT_LOTS -> "echo first; head -c 20000000 /dev/zero | tr '\\0' a; echo; echo last";
            case PRINT_ENVIRONMENT -> "env";
            case USE_SECRET -> """
                printf '%s' "$password" > $PAWL_OUTPUTS/secret
                echo "it is $password."
                printf 'in two: %s' "${password%ter2hunter2}"; env sleep 0.2; echo "ter2hunter2."
                """;
            case HANG -> "sleep 300 & touch hanging; wait; sleep 300";
            case HANG_STUBBORNLY -> "trap '' TERM; sleep 300 & touch hanging; wait; sleep 300";
            case FLOOD -> "yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
            case LEAVE_RUNNING -> "sleep 300 &";
            case LEAVE_DAEMON -> "(setsid sleep 300 &)";
            case EAT_MEMORY -> "awk 'BEGIN { s = \"eat\"; while (1) s = s s }'";
            case BURN_TIME -> "while :; do :; done";
        };
    }
}
