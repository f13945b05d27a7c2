package dev.pawl.pipeline;
import static dev.pawl.pipeline.TestStep.pipeline;
import dev.pawl.kernel.*;
import dev.pawl.store.*;
import java.nio.file.*;
import java.util.*;
import java.util.stream.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
class Adhoc {
    @ParameterizedTest @EnumSource
    void speed(TestDatabases database) throws Exception {
        Path folder = Files.createTempDirectory(Path.of("/work"), "adhoc");
        try (Rig rig = Rig.over(database.open(folder, Clock.system(), Orchestrator.SCHEMA), folder, _ -> new ScriptedExecutor()).start()) {
            for (int round = 0; round < 3; round++) for (int n : new int[] {100, 2000}) {
                Files.writeString(folder.resolve("n"), ""+n);
                long t = System.nanoTime();
                TestStep[] steps = IntStream.range(0, 100).mapToObj(i -> TestStep.step("s" + i, "ok").java().givingNothing().uncached()).toArray(TestStep[]::new);
                List<RunId> ids = new ArrayList<>();
                Digest pack = rig.packageOf(Map.of("lib/x.jar", "x"));
                for (int i = 0; i < n / 100; i++) ids.add(rig.submit(pipeline(steps), pack, Optional.empty()));
                for (RunId id : ids) while (!rig.orchestrator().run(id).state().isOver()) Thread.sleep(2);
                double s = (System.nanoTime() - t) / 1e9;
                System.out.printf("%s round %d wide %5d steps %.3f s %.0f/s%n", database, round, n, s, n / s);
                t = System.nanoTime();
                TestStep[] chain = IntStream.range(0, 100).mapToObj(i -> { var st = TestStep.step("s" + i, "ok").java().uncached(); return i == 0 ? st : st.after("s" + (i - 1)); }).toArray(TestStep[]::new);
                RunId id = rig.submit(pipeline(chain), pack, Optional.empty());
                while (!rig.orchestrator().run(id).state().isOver()) Thread.sleep(1);
                s = (System.nanoTime() - t) / 1e9;
                System.out.printf("%s round %d chain of 100 (with an output) %.3f s, %.2f ms/step%n", database, round, s, s * 10);
            }
        }
    }
}
