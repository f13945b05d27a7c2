package dev.pawl.app;

import dev.pawl.ci.ModelTrials;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.Artifacts;
import java.nio.file.Path;
import java.util.List;

/** A process that serves models for checks, each in the place of the one before it. To be used by one thread at a time. */
final class ServedInTurn implements ModelTrials.Served {
    private final ModelProcess process;
    private final String address;
    private final Artifacts artifacts;
    private final Clock clock;
    private InferenceInstance answering;
    private ModelVersion version;

    /** @param version the model that it serves at first */
    ServedInTurn(ProcessInstances.Launched launched, ModelVersion version, Artifacts artifacts, Clock clock) {
        this.process = launched.process();
        this.address = launched.address();
        this.artifacts = artifacts;
        this.clock = clock;
        this.version = version;
        this.answering = asked(version);
    }

    private InferenceInstance asked(ModelVersion of) {
        return new InferenceInstance(of, address, () -> {}, clock);
    }

    @Override
    public List<String> features() {
        return answering.features();
    }

    @Override
    public double[] predict(List<double[]> rows) {
        return answering.infer(rows);
    }

    @Override
    public void replace(Digest model) throws InterruptedException {
        ModelVersion next = new ModelVersion(version.model(), version.number() + 1);
        Path file = process.place().resolve("model-" + next.number() + ".onnx");
        artifacts.writeTo(model, file);
        version = next; // also of one that cannot be loaded
        String answer = process.ask(file.toString());
        Folder.delete(file);
        if (!answer.equals(ServeModelCommand.SERVED)) {
            throw PawlException.user("model-unfit", answer);
        }
        answering.close();
        answering = asked(version);
    }

    @Override
    public void close() {
        answering.close();
        process.end();
    }
}
