package io.overlapped.lab.watch;

import static java.util.Map.entry;

import io.overlapped.lab.model.About.Text;
import io.overlapped.lab.model.Watch;
import java.util.Map;

/** What each step means, and between whom it happens. */
final class Words {
    /** Where a step happens, or which way it goes. */
    enum Way {
        TO_PROGRAM,
        TO_KERNEL,
        IN_KERNEL,
        IN_PROGRAM
    }

    record Meaning(Way way, Text text) {}

    private static final Map<String, Meaning> MEANINGS =
            Map.ofEntries(
                    entry(Watch.ACCEPTED, of(Way.TO_PROGRAM, "a client has come", "클라이언트가 왔다")),
                    entry(Watch.ENDED, of(Way.IN_PROGRAM, "the client has gone", "클라이언트가 갔다")),
                    entry(
                            Watch.NOTHING,
                            of(Way.TO_KERNEL, "a read that found nothing", "읽었지만 아무것도 없다")),
                    entry(
                            Watch.BLOCKED,
                            of(
                                    Way.IN_KERNEL,
                                    "the thread waits in its read",
                                    "스레드가 recv 안에서 기다린다")),
                    entry(
                            Watch.READY,
                            of(
                                    Way.TO_PROGRAM,
                                    "told: a read would not wait",
                                    "통보: 지금 읽으면 기다리지 않는다")),
                    entry(
                            Watch.READ,
                            of(
                                    Way.TO_KERNEL,
                                    "the program reads, the kernel copies",
                                    "프로그램이 읽고 커널이 복사한다")),
                    entry(Watch.WRITTEN, of(Way.TO_KERNEL, "the program writes", "프로그램이 쓴다")),
                    entry(
                            Watch.FULL,
                            of(Way.IN_KERNEL, "no room: the rest waits", "자리가 없다: 나머지는 기다린다")),
                    entry(Watch.WRITABLE, of(Way.TO_PROGRAM, "told: there is room", "통보: 자리가 났다")),
                    entry(
                            Watch.AGAIN,
                            of(Way.IN_PROGRAM, "back to wait for the next one", "다시 다음 준비를 기다린다")),
                    entry(
                            Watch.POSTED,
                            of(
                                    Way.TO_PROGRAM,
                                    "a message in the handler's queue",
                                    "처리 스레드의 큐에 메시지가 들어갔다")),
                    entry(Watch.SIGNALLED, of(Way.TO_PROGRAM, "the event is set", "이벤트가 켜졌다")),
                    entry(
                            Watch.SUBMITTED,
                            of(Way.TO_KERNEL, "the operation is started", "작업을 걸었다")),
                    entry(
                            Watch.PENDING,
                            of(
                                    Way.IN_KERNEL,
                                    "it goes on without the program",
                                    "프로그램 없이 커널에서 진행된다")),
                    entry(
                            Watch.COMPLETED,
                            of(
                                    Way.TO_PROGRAM,
                                    "done: the bytes are in their buffer",
                                    "완료: 바이트가 이미 버퍼에 있다")),
                    entry(
                            Watch.ROUTINE,
                            of(Way.IN_PROGRAM, "its completion routine runs", "완료 루틴이 실행된다")),
                    entry(
                            Watch.DEQUEUED,
                            of(
                                    Way.IN_PROGRAM,
                                    "its completion is taken from the port",
                                    "완료 포트에서 꺼냈다")));

    private Words() {}

    private static Meaning of(Way way, String english, String korean) {
        return new Meaning(way, new Text(english, korean));
    }

    static Meaning of(String what, String detail) {
        if (what.equals(Watch.COMPLETED) && detail.equals("receive 0 bytes")) {
            return of(Way.TO_PROGRAM, "done: nothing more will come", "완료: 더 올 것이 없다");
        }
        return MEANINGS.getOrDefault(what, of(Way.IN_PROGRAM, "", ""));
    }
}
