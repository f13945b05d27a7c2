package dev.pawl.executor;

import java.util.List;

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

    @Override
    int many() {
        return 1000;
    }

    @Override
    List<String> usualVariables() {
        return List.of("HOME", "JAVA_HOME", "LANG", "PATH");
    }
}
