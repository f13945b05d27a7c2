package dev.pawl.kernel;

/** One version of a registered model; numbers start at 1 and are never reused. */
public record ModelVersion(ModelName model, int number) {
    public ModelVersion {
        if (number < 1) {
            throw PawlException.user("bad-name", "A model version is a number from 1 up, not " + number);
        }
    }

    @Override
    public String toString() {
        return model + "/" + number;
    }
}
