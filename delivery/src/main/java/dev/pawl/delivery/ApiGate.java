package dev.pawl.delivery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Does the version answer recorded examples as a prediction service must? */
record ApiGate() implements Gate {
    static final int EXAMPLES = 20;

    /** Models compute in single precision, and differently for one row than for many. */
    static final double TOLERANCE = 1e-5;

    /** @param largestDifference between a row alone and the same row among others, relative */
    record Evidence(
            int examples,
            double tolerance,
            double largestDifference,
            boolean repeatable,
            boolean refusesBadInput,
            List<String> featuresAdded,
            List<String> featuresRemoved,
            List<String> problems) {}

    @Override
    public String name() {
        return "api";
    }

    @Override
    public Finding examine(Examination examination) throws InterruptedException {
        Instance instance = examination.instance();
        double[] answers = examination.answers(instance, EXAMPLES);
        boolean repeatable = Arrays.equals(answers, examination.answers(instance, EXAMPLES));
        double difference = largestDifference(examination, answers);
        boolean refuses = instance.refusesBadInput();
        List<String> problems = problems(answers, repeatable, difference, refuses);
        List<String> added = without(examination.features(), examination.championFeatures(), examination);
        List<String> removed = without(examination.championFeatures(), examination.features(), examination);
        return Finding.of(
                problems,
                "%d recorded examples answered%s".formatted(answers.length, changes(added, removed)),
                new Evidence(answers.length, TOLERANCE, difference, repeatable, refuses, added, removed, problems));
    }

    private static List<String> problems(double[] answers, boolean repeatable, double difference, boolean refuses) {
        List<String> problems = new ArrayList<>();
        addIf(problems, answers.length == 0, "the held-out table has no rows to take examples from");
        long bad = Arrays.stream(answers)
                .filter(answer -> !Double.isFinite(answer))
                .count();
        addIf(problems, bad > 0, bad + " of " + answers.length + " answers are not finite numbers");
        addIf(problems, !repeatable, "the same request got different answers");
        addIf(
                problems,
                bad == 0 && difference > TOLERANCE,
                "a row alone is answered differently than among others, by " + Finding.figure(difference));
        addIf(problems, !refuses, "bad input gets an answer instead of an error");
        return problems;
    }

    private static void addIf(List<String> problems, boolean wrong, String what) {
        if (wrong) {
            problems.add(what);
        }
    }

    private static double largestDifference(Examination examination, double[] batch) throws InterruptedException {
        List<double[]> rows = examination.heldOut().features(examination.features(), EXAMPLES);
        double largest = 0;
        for (int i = 0; i < rows.size(); i++) {
            largest = Math.max(largest, difference(examination.instance().infer(List.of(rows.get(i))), batch[i]));
        }
        return largest;
    }

    private static double difference(double[] alone, double among) {
        return alone.length == 1 ? relative(alone[0], among) : Double.MAX_VALUE;
    }

    /** Relative to the larger one; of numbers below 1, absolute. */
    static double relative(double one, double other) {
        return Math.abs(one - other) / Math.max(1, Math.max(Math.abs(one), Math.abs(other)));
    }

    private static List<String> without(List<String> names, List<String> others, Examination examination) {
        return examination.champion().isEmpty()
                ? List.of()
                : names.stream().filter(name -> !others.contains(name)).toList();
    }

    private static String changes(List<String> added, List<String> removed) {
        return (added.isEmpty() ? "" : "; features that the champion does not take: " + added)
                + (removed.isEmpty() ? "" : "; features that only the champion takes: " + removed);
    }
}
