package dev.tripline.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ServiceRunnerTest {
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final ServiceRunner runner = new ServiceRunner(Duration.ofMillis(200), Duration.ofMillis(10));

    private final class Recorded implements Service {
        private final String name;
        private final Runnable onStart;
        private final Runnable onClose;

        Recorded(String name, Runnable onStart, Runnable onClose) {
            this.name = name;
            this.onStart = onStart;
            this.onClose = onClose;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start() {
            log.add("start " + name);
            onStart.run();
        }

        @Override
        public void close() {
            log.add("close " + name);
            onClose.run();
        }
    }

    private Recorded service(String name) {
        return new Recorded(name, () -> {}, () -> {});
    }

    private static void waitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void leavesNoInterruptBehind() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void startsInOrderAndStopsInReverseOnRequest() {
        ExitCode code = runner.run(List.of(service("a"), service("b")), () -> {
            log.add("started");
            runner.stop();
        });

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(log).containsExactly("start a", "start b", "started", "close b", "close a");
    }

    @Test
    void stopsEverythingWhenOneFailsWhileRunning() {
        ExitCode code = runner.run(List.of(service("a"), service("b")), () -> {
            runner.fail(new IllegalStateException("broken"));
            runner.fail(new IllegalStateException("broken again"));
            runner.stop();
        });

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(log).endsWith("close b", "close a");
    }

    @Test
    void stopsWhatHasBegunWhenOneCannotStart() {
        var broken = new Recorded(
                "b",
                () -> {
                    throw new IllegalStateException("port 9092 is in use");
                },
                () -> {});

        ExitCode code = runner.run(List.of(service("a"), broken, service("c")), () -> log.add("started"));

        assertThat(code).isEqualTo(ExitCode.CANNOT_START);
        assertThat(log).containsExactly("start a", "start b", "close b", "close a");
    }

    @Test
    void interruptsAStartThatIsNoLongerWanted() {
        var waiting = new Recorded(
                "b",
                () -> {
                    runner.stop();
                    waitForever();
                },
                () -> {});

        ExitCode code = runner.run(List.of(service("a"), waiting, service("c")), () -> log.add("started"));

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(log).containsExactly("start a", "start b", "close b", "close a");
    }

    @Test
    void leavesBehindWhatDoesNotStopInTimeAndSaysSo() {
        var hanging = new Recorded("b", () -> {}, ServiceRunnerTest::waitForever);

        ExitCode code = runner.run(List.of(service("a"), hanging), runner::stop);

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(log).containsExactly("start a", "start b", "close b", "close a");
    }

    @Test
    void goesOnStoppingAfterOneThatCannot() {
        var broken = new Recorded("b", () -> {}, () -> {
            throw new IllegalStateException("no");
        });

        ExitCode code = runner.run(List.of(service("a"), broken), runner::stop);

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(log).endsWith("close b", "close a");
    }

    @Test
    void takesAnInterruptAsARequestToStop() {
        ExitCode code = runner.run(List.of(service("a")), Thread.currentThread()::interrupt);

        assertThat(Thread.interrupted()).as("the caller's flag").isTrue();
        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(log).containsExactly("start a", "close a");
    }

    @Test
    void saysAgainAndAgainWhatALongStartWaitsFor() {
        var askedTwice = new CountDownLatch(2);
        Service slow = new Service() {
            @Override
            public String name() {
                return "slow";
            }

            @Override
            public void start() {
                try {
                    askedTwice.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public String waitingFor() {
                askedTwice.countDown();
                return "somebody who asks";
            }

            @Override
            public void close() {
                log.add("close slow");
            }
        };

        ExitCode code = runner.run(List.of(slow), runner::stop);

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(log).containsExactly("close slow");
    }
}
