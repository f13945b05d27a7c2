package dev.pawl.store;

import dev.pawl.kernel.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Durable work that happens outside of transactions: builds, steps, gates. A job is added in the transaction that makes it
 * necessary, is leased to one server at a time, and ends in the transaction that keeps its result. A server that died loses
 * its leases; a result that comes after its lease was lost is thrown away. Safe for use by many threads and servers.
 */
public final class Jobs {
    static final Duration LEASE = Duration.ofSeconds(15);

    private static final String FEWEST_FIRST = """
        (select count(*) from job other
         where other.queue = job.queue and other.payload = job.payload and other.state = 'LEASED'),\
        """;

    private final Clock clock;
    private final String server;
    private final Map<String, Wake> wakes = new ConcurrentHashMap<>();

    /** @param server names this process among those that share the database */
    public Jobs(Clock clock, String server) {
        this.clock = clock;
        this.server = server;
    }

    /**
     * One attempt at a job.
     *
     * @param key says what the job is for, and is unique in its queue
     * @param attempt 1 for the first
     * @param failures how many attempts broke; those that a dying server took with it do not count
     * @param generation grows with every lease, and starts from the clock so that a job added again never repeats one: the
     *     fence against a server that lost its lease
     */
    public record Job(
            String id, String queue, String key, String payload, int attempt, int failures, long generation) {}

    /** Adds a job, at once due; does nothing when its queue has one with this key already. */
    public void add(Tx tx, String queue, String key, String payload) {
        add(tx, queue, key, payload, clock.now());
    }

    public void add(Tx tx, String queue, String key, String payload, Instant notBefore) {
        tx.update("""
            insert into job
              (id, queue, key, payload, state, attempt, failures, generation, owner, not_before, lease_until, error)
            values (?, ?, ?, ?, 'READY', 0, 0, ?, null, ?, 0, null)
            on conflict (queue, key) do nothing
            """, queue + "/" + key, queue, key, payload, clock.now(), notBefore);
        tx.afterCommit(() -> wake(queue).signal());
    }

    /** Takes a job off its queue, whether or not someone works on it: that result will be thrown away. */
    public void remove(Tx tx, String queue, String key) {
        tx.update("delete from job where queue = ? and key = ?", queue, key);
    }

    /** How many jobs of a queue are not done; of those that were given up, none. */
    public long open(Tx tx, String queue) {
        return tx.number("select count(*) from job where queue = ? and state <> 'DEAD'", queue);
    }

    public long open(Tx tx) {
        return tx.number("select count(*) from job where state <> 'DEAD'");
    }

    /** On an embedded store no other server can be alive: what was leased before is free at once. */
    public void releaseAll(Tx tx) {
        tx.update("update job set state = 'READY', lease_until = 0 where state = 'LEASED'");
    }

    Optional<Job> lease(Tx tx, String queue) {
        return lease(tx, queue, false);
    }

    /** @param fair whether those come first of whose payload the fewest are under way */
    Optional<Job> lease(Tx tx, String queue, boolean fair) {
        Instant now = clock.now();
        String skip = tx.dialect() == Dialect.POSTGRES ? "for update skip locked" : "";
        Optional<Job> job = tx.first(Jobs::job, """
            select * from job
            where queue = ? and ((state = 'READY' and not_before <= ?) or (state = 'LEASED' and lease_until < ?))
            order by %s not_before, id limit 1
            """.formatted(fair ? FEWEST_FIRST : "") + skip, queue, now, now);
        job.ifPresent(
                leased -> tx.update("""
                    update job set state = 'LEASED', attempt = ?, generation = ?, owner = ?, lease_until = ? where id = ?
                    """, leased.attempt(), leased.generation(), server, now.plus(LEASE), leased.id()));
        return job;
    }

    /** Prolongs the lease of an attempt that is under way. */
    void renew(Tx tx, Job job) {
        tx.update(
                "update job set lease_until = ? where id = ? and generation = ?",
                clock.now().plus(LEASE),
                job.id(),
                job.generation());
    }

    /** Ends the job if this attempt still holds it. */
    boolean finish(Tx tx, Job job) {
        return tx.update("delete from job where id = ? and generation = ?", job.id(), job.generation()) == 1;
    }

    /** Gives the lease back, to be taken at once. */
    void release(Tx tx, Job job) {
        tx.update(
                "update job set state = 'READY', lease_until = 0 where id = ? and generation = ?",
                job.id(),
                job.generation());
    }

    /** Lets the job be tried again later, after an attempt that broke. */
    void postpone(Tx tx, Job job, Instant notBefore, String error) {
        tx.update("""
            update job set state = 'READY', failures = failures + 1, not_before = ?, lease_until = 0, error = ?
            where id = ? and generation = ?
            """, notBefore, error, job.id(), job.generation());
    }

    /** Keeps the job for people to look at; nobody tries it again. */
    boolean bury(Tx tx, Job job, String error) {
        return tx.update(
                        "update job set state = 'DEAD', lease_until = 0, error = ? where id = ? and generation = ?",
                        error,
                        job.id(),
                        job.generation())
                == 1;
    }

    Optional<Instant> nextDue(Tx tx, String queue) {
        List<Instant> due = tx.list(
                row -> row.instant("due"),
                "select min(not_before) as due from job where queue = ? and state = 'READY' having count(*) > 0",
                queue);
        return due.stream().findFirst();
    }

    Wake wake(String queue) {
        return wakes.computeIfAbsent(queue, _ -> new Wake());
    }

    private static Job job(Row row) {
        return new Job(
                row.text("id"),
                row.text("queue"),
                row.text("key"),
                row.text("payload"),
                row.integer("attempt") + 1,
                row.integer("failures"),
                row.number("generation") + 1);
    }
}
