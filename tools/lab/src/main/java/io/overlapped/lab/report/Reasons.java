package io.overlapped.lab.report;

import io.overlapped.lab.model.About.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What programs say in English, such as why there is no figure, in both languages. What is not
 * known here stays as it was said.
 */
final class Reasons {
    private static final Map<Pattern, String> KOREAN = new LinkedHashMap<>();

    static {
        put("no time was left for it in this run", "이번 실행에는 시간이 남지 않았다");
        put("no time was left to count them", "셀 시간이 남지 않았다");
        put("not counted in this row of a quick run", "빠른 실행에서는 이 행을 세지 않는다");
        put("not counted with more than (\\d+) threads", "스레드가 $1개를 넘으면 세지 않는다");
        put("not counted with a slow reader", "읽지 않는 클라이언트가 있으면 세지 않는다");
        put("no burst was answered in full in time", "제시간에 다 대답한 묶음이 없다");
        put("the server ended the slow reader", "서버가 읽지 않는 클라이언트를 내보냈다");
        put("(\\d+) of (\\d+) others wait for ever", "나머지 $2개 중 $1개가 끝없이 기다린다");
        put("strace is not allowed here", "여기서는 strace를 쓸 수 없다");
        put("strace is not there", "strace가 없다");
        put(
                "(\\d+) of (\\d+) connections had an answer when time was up",
                "시간이 다 됐을 때 연결 $2개 중 $1개만 대답을 받았다");
        put(
                "(\\d+) of (\\d+) connections waited in vain for an answer",
                "연결 $2개 중 $1개가 대답을 받지 못했다");
        put(
                "descriptor (\\d+) has no bit in a set of FD_SETSIZE \\((\\d+)\\); poll and epoll"
                        + " have no such limit",
                "디스크립터 $1번은 FD_SETSIZE($2)인 집합에 들어갈 비트가 없다. poll과 epoll에는 이 한계가 없다");
        put("the server closed connection (\\d+) of (\\d+)", "서버가 연결 $2개 중 $1번을 닫았다");
        put(
                "the server ended \\((\\w+)\\) connection (\\d+) of (\\d+)",
                "서버가 연결 $3개 중 $2번을 끊었다($1)");
        put("refused (\\d+): ", "거절 $1번째: ");
        put("it was not ready within (\\d+) ms", "$1 ms 안에 준비되지 않았다");
        put("no thread for one more client", "클라이언트 하나를 더 맡을 스레드가 없다");
    }

    private Reasons() {}

    private static void put(String english, String korean) {
        KOREAN.put(Pattern.compile(english), korean);
    }

    /** The reason in both languages. */
    static Text of(String english) {
        String korean = english;
        for (Map.Entry<Pattern, String> known : KOREAN.entrySet()) {
            Matcher matcher = known.getKey().matcher(korean);
            korean = matcher.replaceAll(known.getValue());
        }
        return new Text(english, korean);
    }

    /** The reason as markup in both languages. */
    static String both(String english) {
        Text text = of(english);
        return text.english().equals(text.korean()) ? Markup.escaped(english) : Markup.both(text);
    }
}
