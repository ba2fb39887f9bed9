package io.overlapped.lab.report;

import io.overlapped.lab.model.About.Text;
import io.overlapped.lab.referee.Row;

/**
 * What each row of the referee is, in a sentence.
 *
 * <p>Threads: any.
 */
public final class RowTexts {
    private RowTexts() {}

    /** The sentence, in both languages. */
    public static Text of(Row row) {
        String count = Markup.number(row.connections());
        return switch (row.name()) {
            case "idle" ->
                    new Text(
                            "1,000 connections, of which 10 talk and the others are silent.",
                            "연결 1,000개 중 10개만 말하고 나머지는 조용하다.");
            case "slow" ->
                    new Text(
                            "64 connections, one of which sends without reading what comes back.",
                            "연결 64개 중 하나가 돌아오는 것을 읽지 않고 계속 보낸다.");
            case "burst" ->
                    new Text(
                            "64 connections send 100 messages each at once, again and again.",
                            "연결 64개가 메시지 100개씩을 한꺼번에, 되풀이해서 보낸다.");
            case "chat" ->
                    new Text(
                            "16 clients of a chat: every packet goes to every client.",
                            "채팅 클라이언트 16명: 모든 패킷이 모두에게 간다.");
            case "chat-slow" ->
                    new Text(
                            "16 clients of a chat, one of which never reads.",
                            "채팅 클라이언트 16명 중 한 명이 전혀 읽지 않는다.");
            default ->
                    new Text(
                            row.connections() == 1
                                    ? "One connection, one message after the other."
                                    : count + " connections, each with one message under way.",
                            "연결 " + count + "개, 저마다 메시지를 하나씩 주고받는다.");
        };
    }
}
