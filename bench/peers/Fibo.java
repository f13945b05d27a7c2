/** The same work for a step of Pawl in Java. */
final class Fibo {
    private Fibo() {}

    static int of(int n) {
        return n < 2 ? n : of(n - 1) + of(n - 2);
    }
}
