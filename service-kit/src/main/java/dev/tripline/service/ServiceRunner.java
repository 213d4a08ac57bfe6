package dev.tripline.service;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs services until a signal, a request or a failure: starts them in order, stops them in reverse. Good for one run.
 */
public final class ServiceRunner {
    /** How long all services together have to stop, before those that have not are left behind. */
    public static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    /** How often a start that takes long says what it waits for. */
    private static final Duration SAY_EVERY = Duration.ofSeconds(5);

    private static final Duration RESERVED = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(ServiceRunner.class);

    private final Duration stopWithin;
    private final Duration sayEvery;
    /** Completed by what ends the run: empty by a request, a throwable by a failure. */
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();

    private final CountDownLatch done = new CountDownLatch(1);

    /** Makes a runner that gives its services {@link #STOP_WITHIN} to stop. */
    public ServiceRunner() {
        this(STOP_WITHIN, SAY_EVERY);
    }

    ServiceRunner(Duration stopWithin, Duration sayEvery) {
        this.stopWithin = stopWithin;
        this.sayEvery = sayEvery;
    }

    /** Ends the run because a service failed. Returns at once; may be called from any thread, also more than once. */
    public void fail(Throwable failure) {
        if (!end.completeExceptionally(failure)) {
            LOG.warn("failed while stopping: {}", FailureReport.of(failure).line());
            LOG.debug("failed while stopping", failure);
        }
    }

    /** Ends the run as a signal would. Returns at once; may be called from any thread, also more than once. */
    public void stop() {
        end.complete(null);
    }

    /** Runs services until the process is told to stop or one of them fails. */
    public ExitCode run(List<? extends Service> services) {
        return run(services, () -> {});
    }

    /**
     * Runs services until the process is told to stop (SIGINT, SIGTERM), {@link #stop} is called, the calling thread
     * is interrupted, or one of them fails. The process then ends with the code returned here, also after a signal.
     *
     * @param onStarted called once, when all have started
     */
    public ExitCode run(List<? extends Service> services, Runnable onStarted) {
        var code = new CompletableFuture<ExitCode>();
        var hook = new Thread(() -> stopOnSignal(code), "stop-on-signal");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            ExitCode outcome = runThrough(services, onStarted);
            code.complete(outcome);
            return outcome;
        } finally {
            done.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                LOG.debug("the process is ending: {}", e.getMessage());
            }
        }
    }

    private void stopOnSignal(CompletableFuture<ExitCode> code) {
        stop();
        try {
            if (!done.await(stopWithin.plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("services did not stop within {}", DurationText.format(stopWithin));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Left to itself the JVM would report 128 + signal, as if it had been killed.
        Runtime.getRuntime().halt(code.getNow(ExitCode.FAILED).code());
    }

    private ExitCode runThrough(List<? extends Service> services, Runnable onStarted) {
        int begun = 0;
        ExitCode outcome = ExitCode.OK;
        for (Service service : services) {
            if (end.isDone()) {
                break;
            }
            begun++;
            outcome = start(service);
            if (outcome != ExitCode.OK) {
                break;
            }
        }
        if (outcome == ExitCode.OK) {
            if (!end.isDone()) {
                onStarted.run();
            }
            outcome = awaitEnd();
        }
        boolean clean = stop(services.subList(0, begun));
        return outcome == ExitCode.OK && !clean ? ExitCode.FAILED : outcome;
    }

    private ExitCode start(Service service) {
        LOG.info("{}: starting", service.name());
        var threads = new AtomicReference<@Nullable Thread>();
        var started = CompletableFuture.runAsync(service::start, command -> {
            var thread = new Thread(command, "start-" + service.name());
            thread.setDaemon(true);
            threads.set(thread);
            thread.start();
        });
        try {
            awaitEither(service, CompletableFuture.anyOf(started, end).handle((nothing, failure) -> nothing));
            if (started.isDone()) {
                started.get();
                return ExitCode.OK;
            }
            interrupt(threads.get());
            return awaitEnd();
        } catch (ExecutionException e) {
            FailureReport.log(LOG, service.name() + ": cannot start", causeOf(e));
            return ExitCode.CANNOT_START;
        } catch (InterruptedException e) {
            interrupt(threads.get());
            Thread.currentThread().interrupt();
            stop();
            return ExitCode.OK;
        }
    }

    /** An operator who sees nothing move cannot tell waiting from hanging. */
    private void awaitEither(Service service, CompletableFuture<?> either)
            throws InterruptedException, ExecutionException {
        long begun = System.nanoTime();
        while (true) {
            try {
                either.get(sayEvery.toNanos(), TimeUnit.NANOSECONDS);
                return;
            } catch (TimeoutException e) {
                String reason = service.waitingFor();
                LOG.info(
                        "{}: still starting after {} s{}",
                        service.name(),
                        Duration.ofNanos(System.nanoTime() - begun).toSeconds(),
                        reason.isEmpty() ? "" : ": " + reason);
            }
        }
    }

    private static void interrupt(@Nullable Thread thread) {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private ExitCode awaitEnd() {
        try {
            end.get();
            return ExitCode.OK;
        } catch (ExecutionException e) {
            FailureReport.log(LOG, "failed", causeOf(e));
            return ExitCode.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
            return ExitCode.OK;
        }
    }

    private static Throwable causeOf(ExecutionException failure) {
        return failure.getCause() == null ? failure : failure.getCause();
    }

    /** Stops services in reverse; tells whether all did in time. A pending interrupt is put aside meanwhile. */
    private boolean stop(List<? extends Service> services) {
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + stopWithin.toNanos();
        boolean clean = true;
        for (int i = services.size() - 1; i >= 0; i--) {
            Service service = services.get(i);
            // One that hangs must leave some time to those after it.
            long kept = Math.min(RESERVED.toNanos() * i, stopWithin.toNanos() / 2);
            clean &= stop(service, Math.max(0, deadline - System.nanoTime() - kept));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return clean;
    }

    private static boolean stop(Service service, long nanos) {
        var stopped = new FutureTask<@Nullable Void>(service::close, null);
        var thread = new Thread(stopped, "stop-" + service.name());
        thread.setDaemon(true);
        thread.start();
        try {
            stopped.get(nanos, TimeUnit.NANOSECONDS);
            LOG.info("{}: stopped", service.name());
            return true;
        } catch (ExecutionException e) {
            FailureReport.log(LOG, service.name() + ": failed to stop", causeOf(e));
            return false;
        } catch (TimeoutException e) {
            LOG.error("{}: did not stop in time and is left behind", service.name());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
