package io.overlapped.lab.report;

import io.overlapped.lab.model.About.Text;
import io.overlapped.lab.referee.LabResult;
import io.overlapped.lab.referee.Numbers;
import io.overlapped.lab.referee.Outcome;
import io.overlapped.lab.referee.RowResult;
import io.overlapped.lab.report.Figures.Figure;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the lectures say of the models, held against the figures of a run. A difference counts when
 * it is larger than what two runs of the same model differ by.
 *
 * <p>Threads: any.
 */
public final class Statements {
    private static final double CLEARLY = 1.15;
    private static final double KIB = 1024;

    private final Figures figures;

    private Statements(Figures figures) {
        this.figures = figures;
    }

    /** All of them, in the order of the lectures. */
    public static List<Statement> of(LabResult result) {
        return new Statements(new Figures(result)).all();
    }

    private List<Statement> all() {
        return List.of(
                more(
                        "failed-reads",
                        new Text(
                                "Non-blocking polling wastes CPU on reads that fail.",
                                "논블로킹 방식은 실패하는 recv로 CPU를 낭비한다."),
                        figures.largest("64"),
                        new Side("polling", Numbers::idleCpuPercent, " % idle CPU"),
                        new Side("epoll", Numbers::idleCpuPercent, " %")),
                more(
                        "thread-memory",
                        new Text(
                                "A thread for each socket costs memory for its stack.",
                                "소켓마다 스레드를 두면 스택 메모리가 든다."),
                        "1000",
                        new Side("thread", Statements::kib, " KiB"),
                        new Side("epoll", Statements::kib, " KiB")),
                more(
                        "thread-switches",
                        new Text(
                                "A thread for each socket costs context switches.",
                                "소켓마다 스레드를 두면 문맥 교환이 든다."),
                        "1000",
                        new Side("thread", Statements::switches, " switches/message"),
                        new Side("epoll", Statements::switches, "")),
                more(
                        "coroutines",
                        new Text(
                                "Coroutines take away the overhead of the threads.",
                                "코루틴은 스레드의 오버헤드를 해결한다."),
                        "1000",
                        new Side("thread", Numbers::cpuMicrosPerMessage, " CPU µs/message"),
                        new Side("virtual", Numbers::cpuMicrosPerMessage, "")),
                limit(
                        "select-limit",
                        new Text(
                                "select takes a limited number of sockets: 1,024 on Linux.",
                                "select는 소켓 개수에 한계가 있다(Linux는 1,024)."),
                        "select",
                        "9000",
                        true),
                more(
                        "select-search",
                        new Text(
                                "select becomes slower the more sockets there are: linear search.",
                                "select는 소켓이 많을수록 느려진다(선형 검색)."),
                        "idle",
                        new Side("select", Numbers::cpuMicrosPerMessage, " CPU µs/message"),
                        new Side("epoll", Numbers::cpuMicrosPerMessage, "")),
                more(
                        "message-queue",
                        new Text(
                                "WSAAsyncSelect is slow, as it goes through a message queue.",
                                "WSAAsyncSelect는 메시지 큐를 거치므로 느리다."),
                        "64",
                        new Side("selector", Numbers::messagesPerSecond, " messages/s"),
                        new Side("async-select", Numbers::messagesPerSecond, "")),
                eventThreads(),
                more(
                        "event-calls",
                        new Text(
                                "Overlapped with events makes system calls often.",
                                "Overlapped 이벤트 방식은 시스템 호출이 빈번하다."),
                        "64",
                        new Side("overlapped-event", Numbers::callsPerMessage, " calls/message"),
                        new Side("overlapped-port", Numbers::callsPerMessage, "")),
                limit(
                        "event-limit",
                        new Text(
                                "Overlapped with events serves 64 clients at most.",
                                "Overlapped 이벤트 방식의 최대 동접은 64이다."),
                        "overlapped-event",
                        "65",
                        true),
                limit(
                        "routine-no-limit",
                        new Text(
                                "Overlapped with completion routines has no limit on clients.",
                                "Overlapped 콜백 방식은 개수 제한이 없다."),
                        "overlapped-routine",
                        "9000",
                        false),
                more(
                        "alertable-wait",
                        new Text(
                                "Frequent alertable waits cost completion routines performance.",
                                "잦은 alertable wait는 콜백 방식의 성능을 떨어뜨린다."),
                        "64",
                        new Side("overlapped-routine", Numbers::cpuMicrosPerMessage, " CPU µs"),
                        new Side("overlapped-port", Numbers::cpuMicrosPerMessage, "")),
                best());
    }

    /** A model's figure. */
    private record Side(String model, Function<Numbers, @Nullable Double> figure, String unit) {
        String text(double value) {
            return model + " " + Markup.number(value) + unit;
        }
    }

    private static double kib(Numbers numbers) {
        return numbers.residentBytesPerConnection() / KIB;
    }

    private static double switches(Numbers numbers) {
        return numbers.voluntaryPerMessage() + numbers.involuntaryPerMessage();
    }

    /** Holds if the one has clearly more than the other. */
    private Statement more(String name, Text says, String row, Side one, Side other) {
        Double left = value(one, row);
        Double right = value(other, row);
        if (left == null || right == null) {
            return new Statement(name, says, row, Verdict.OPEN, "");
        }
        return new Statement(
                name,
                says,
                row,
                Verdict.of(left > CLEARLY * right),
                one.text(left) + " : " + other.text(right));
    }

    private @Nullable Double value(Side side, String row) {
        Numbers numbers = figures.numbers(side.model, row);
        return numbers == null ? null : side.figure.apply(numbers);
    }

    /** Holds if the model could not do the row, or, without {@code limited}, if it could. */
    private Statement limit(String name, Text says, String model, String row, boolean limited) {
        Optional<RowResult> found = figures.row(model, row);
        Outcome outcome = found.map(RowResult::outcome).orElse(Outcome.LEFT_OUT);
        if (outcome != Outcome.DONE && outcome != Outcome.CANNOT) {
            return new Statement(name, says, row, Verdict.OPEN, "");
        }
        boolean did = outcome == Outcome.DONE;
        String evidence =
                did
                        ? model + " " + row + ": " + outcome
                        : model + " " + row + ": " + found.map(RowResult::why).orElse("");
        return new Statement(name, says, row, Verdict.of(did != limited), evidence);
    }

    private Statement eventThreads() {
        Text says =
                new Text(
                        "WSAEventSelect is limited to 64 sockets a thread; more threads overcome"
                                + " it.",
                        "WSAEventSelect는 스레드당 소켓 64개로 제한되며, 멀티스레드로 극복할 수 있다.");
        Numbers before = figures.numbers("event-select", "64");
        Numbers after = figures.numbers("event-select", "65");
        if (before == null || after == null) {
            return new Statement("event-threads", says, "64, 65", Verdict.OPEN, "");
        }
        return new Statement(
                "event-threads",
                says,
                "64, 65",
                Verdict.of(after.threads() > before.threads()),
                "event-select " + before.threads() + " → " + after.threads() + " threads");
    }

    private Statement best() {
        Text says =
                new Text(
                        "The completion port is the last word: nothing is faster.",
                        "IOCP는 끝판왕이다(가장 빠르다).");
        String row = figures.largest("64");
        List<Figure> all = figures.of(row, Numbers::messagesPerSecond);
        Numbers port = figures.numbers("overlapped-port", row);
        if (all.size() < 2 || port == null) {
            return new Statement("port-best", says, row, Verdict.OPEN, "");
        }
        Figure most = all.getLast();
        String own = "overlapped-port " + Markup.number(port.messagesPerSecond()) + " messages/s";
        boolean isBest = most.value() <= CLEARLY * port.messagesPerSecond();
        String other = most.model().equals("overlapped-port") ? "" : " : " + most.text("");
        return new Statement("port-best", says, row, Verdict.of(isBest), own + other);
    }
}
