package io.overlapped.lab.report;

import io.overlapped.lab.model.About.Text;
import io.overlapped.lab.referee.Numbers;
import io.overlapped.lab.report.Figures.Figure;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What came out for each question, in a sentence that is made from the figures of the run: it says
 * nothing that they do not.
 */
final class Findings {
    private static final double KIB = 1024;
    private static final double BUSY_PERCENT = 20;
    private static final Text NOTHING =
            new Text(
                    "Too little was measured in this run to compare the models here.",
                    "이번 실행에서는 모델을 비교할 만큼 측정하지 않았다.");

    private final Figures figures;

    Findings(Figures figures) {
        this.figures = figures;
    }

    Text idleCost() {
        String row = figures.largest("1");
        String size = Markup.number(Double.parseDouble(row));
        return ends(
                figures.of(row, numbers -> numbers.residentBytesPerConnection() / KIB),
                " KiB",
                new Text(
                        "With "
                                + size
                                + " connections, %s held the least for each and %s the most.",
                        "연결 " + size + "개일 때 연결당 메모리를 가장 적게 쓴 모델은 %s, 가장 많이 쓴 모델은 %s이다."));
    }

    Text nothingHappens() {
        List<Figure> all = figures.of(figures.largest("1"), Numbers::idleCpuPercent);
        if (all.size() < 2) {
            return NOTHING;
        }
        List<Figure> busy = all.stream().filter(one -> one.value() >= BUSY_PERCENT).toList();
        List<Figure> calm = all.stream().filter(one -> one.value() < BUSY_PERCENT).toList();
        if (busy.isEmpty()) {
            Figure most = calm.getLast();
            return new Text(
                    "Here none used much of a core: " + most.text(" %") + " used the most.",
                    "이번 실행에서 CPU를 많이 쓴 모델은 없고, 가장 많이 쓴 모델이 " + most.korean(" %") + "이다.");
        } else if (calm.isEmpty()) {
            return new Text(
                    "Here every model was busy, so something else than waiting was going on.",
                    "이번 실행에서는 모든 모델이 바빴으므로 기다림이 아닌 다른 일이 있었다.");
        }
        Figure most = calm.getLast();
        return new Text(
                "Here %s did not rest, and of the others %s used the most."
                        .formatted(english(busy, " %"), most.text(" %")),
                "이번 실행에서 쉬지 않은 모델은 %s이고, 나머지 중 가장 많이 쓴 모델은 %s이다."
                        .formatted(korean(busy, " %"), most.korean(" %")));
    }

    Text client65() {
        List<Figure> more =
                figures.of("65", Plots.THREADS).stream()
                        .map(one -> new Figure(one.model(), one.value() - threads(one.model())))
                        .filter(one -> one.value() > 0)
                        .toList();
        long both =
                figures.of("65", Plots.THREADS).stream()
                        .filter(one -> figures.numbers(one.model(), "64") != null)
                        .count();
        if (both == 0) {
            return NOTHING;
        } else if (more.isEmpty()) {
            return new Text(
                    "Here no model had more threads with 65 clients than with 64.",
                    "이번 실행에서 65명일 때 64명일 때보다 스레드가 늘어난 모델은 없다.");
        }
        String names =
                more.stream()
                        .map(one -> one.model() + " (+" + Markup.number(one.value()) + ")")
                        .collect(Collectors.joining(", "));
        return new Text(
                "Here %s had more threads with 65 clients than with 64, and %d of %d models had not."
                        .formatted(names, both - more.size(), both),
                "이번 실행에서 65명일 때 스레드가 늘어난 모델은 %s이고, %d개 모델 중 %d개는 늘지 않았다."
                        .formatted(names.replace(" (", "("), both, both - more.size()));
    }

    private double threads(String model) {
        Numbers numbers = figures.numbers(model, "64");
        return numbers == null ? Double.MAX_VALUE : numbers.threads();
    }

    Text growth() {
        String row = figures.largest("64");
        String size = Markup.number(Double.parseDouble(row));
        return row.equals("64")
                ? NOTHING
                : ends(
                        figures.change("64", row, Plots.CPU),
                        " ×",
                        new Text(
                                "From 64 to "
                                        + size
                                        + " connections the CPU time for a message changed by factors from"
                                        + " %s to %s.",
                                "연결이 64개에서 " + size + "개로 늘 때 메시지당 CPU 시간의 변화는 최소 %s, 최대 %s이다."));
    }

    Text silentNeighbours() {
        return ends(
                figures.change("64", "idle", Plots.CPU),
                " ×",
                new Text(
                        "Against 64 clients that all talk, the CPU time for a message changed by factors"
                                + " from %s to %s.",
                        "64명이 모두 말할 때와 비교한 메시지당 CPU 시간의 변화는 최소 %s, 최대 %s이다."));
    }

    Text slowReader() {
        return slow("64", "slow", "wait for ever", "left none of the others waiting", false);
    }

    Text slowReaderInChat() {
        return slow("chat", "chat-slow", "ended the slow", "ended the one who does not read", true);
    }

    /** How many did as {@code english} says, by what is noted, and what became of the others. */
    private Text slow(String from, String to, String noted, String english, boolean isWanted) {
        List<Figure> did = figures.of(to, numbers -> is(numbers, noted) == isWanted ? 1.0 : 0.0);
        List<Figure> change = figures.change(from, to, Plots.P99);
        if (did.isEmpty() || change.isEmpty()) {
            return NOTHING;
        }
        long count = did.stream().filter(one -> one.value() > 0).count();
        Figure most = change.getLast();
        String korean = isWanted ? "읽지 않는 한 명을 내보냈고" : "나머지를 끝없이 기다리게 하지 않았고";
        return new Text(
                "Here %d of %d models %s, and the p99 of the others changed to %s at the most."
                        .formatted(count, did.size(), english, most.text(" ×")),
                "이번 실행에서 모델 %d개 중 %d개는 %s, 나머지 클라이언트의 p99 변화는 최대 %s이다."
                        .formatted(did.size(), count, korean, most.korean("배")));
    }

    private static boolean is(Numbers numbers, String noted) {
        return numbers.note().contains(noted);
    }

    Text burst() {
        return ends(
                figures.of("burst", Numbers::burstMillis),
                " ms",
                new Text(
                        "Here %s was through first and %s last.",
                        "이번 실행에서 가장 먼저 끝낸 모델은 %s, 가장 늦게 끝낸 모델은 %s이다."));
    }

    Text systemCalls() {
        return ends(
                figures.of("64", Numbers::callsPerMessage),
                "",
                new Text(
                        "Here %s needed the fewest calls for a message and %s the most.",
                        "이번 실행에서 메시지당 호출이 가장 적은 모델은 %s, 가장 많은 모델은 %s이다."));
    }

    private static Text ends(List<Figure> all, String unit, Text sentence) {
        if (all.size() < 2) {
            return NOTHING;
        }
        Figure least = all.getFirst();
        Figure most = all.getLast();
        return new Text(
                sentence.english().formatted(least.text(unit), most.text(unit)),
                sentence.korean().formatted(least.korean(korean(unit)), most.korean(korean(unit))));
    }

    private static String korean(String unit) {
        return unit.equals(" ×") ? "배" : unit;
    }

    private static String english(List<Figure> all, String unit) {
        return joined(all, one -> one.text(unit));
    }

    private static String korean(List<Figure> all, String unit) {
        return joined(all, one -> one.korean(unit));
    }

    private static String joined(List<Figure> all, Function<Figure, String> text) {
        return all.stream().map(text).collect(Collectors.joining(", "));
    }
}
