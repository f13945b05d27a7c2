package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerExecutorTest extends ExecutorKit {
    @Override
    Program program(Act act) {
        String method = switch (act) {
            case SUCCEED -> "succeed";
            case FAIL -> "fail";
            case PRINT_LOTS -> "printLots";
            case PRINT_ENVIRONMENT -> "printEnvironment";
            case USE_SECRET -> "useSecret";
            case HANG -> "hang";
            case HANG_STUBBORNLY -> "hangStubbornly";
            case FLOOD -> "flood";
            case LEAVE_RUNNING -> "leaveRunning";
            case LEAVE_DAEMON -> "leaveDaemon";
            case EAT_MEMORY -> "eatMemory";
            case BURN_TIME -> "burnTime";
        };
        return new Program.JavaCall(TestExecutors.stepClasses(), TestSteps.class.getName(), method);
    }

    @Test
    void a_call_that_writes_and_prints_nothing_makes_no_file_at_all() throws Exception {
        Execution execution = execution(
                new Program.JavaCall(TestExecutors.stepClasses(), TestSteps.class.getName(), "nothing"),
                Limits.within(Duration.ofSeconds(60)));
        Folders.delete(execution.folder());

        assertThat(executor().run(execution, _ -> {}).succeeded()).isTrue();
        assertThat(execution.folder()).doesNotExist();
    }

    @Override
    int many() {
        return 1000;
    }

    @Override
    List<String> usualVariables() {
        return List.of("HOME", "JAVA_HOME", "LANG", "PATH");
    }
}
