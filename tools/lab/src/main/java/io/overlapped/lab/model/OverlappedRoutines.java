package io.overlapped.lab.model;

import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.lab.model.About.Text;

/**
 * Overlapped with completion routines: each operation in flight names what is to run when it is
 * over, and one thread runs that in its alertable wait.
 *
 * <pre>
 * for (socket : all) WSARecv(socket, buffer, overlapped, routine);
 * while (true) SleepEx(INFINITE, TRUE);
 *
 * routine(error, bytes, overlapped) {
 *     process them; WSARecv(…, routine);
 * }
 * </pre>
 */
final class OverlappedRoutines implements Model {
    static final About ABOUT =
            About.of(
                    OverlappedRoutines.class,
                    "overlapped-routine",
                    Kind.PROACTOR,
                    new Text(
                            "Receives are started ahead, each with a completion routine, which one"
                                    + " thread runs in its alertable wait when the bytes are there.",
                            "receive를 미리 걸면서 완료 루틴을 함께 넘기고, 데이터가 버퍼에 들어오면 스레드 하나가 alertable"
                                    + " wait에서 그 루틴을 실행한다."),
                    new Text(
                            "Routines run on the thread that started the operations, so one thread"
                                    + " is all there is.",
                            "루틴은 작업을 시작한 스레드에서만 실행되므로 스레드를 하나밖에 쓰지 못한다."),
                    Texts.PENDING_SEND);

    @Override
    public void serve(Serving serving) {
        try (Proactor proactor = Proactor.open(OverlappedClient.options(serving))) {
            TcpListener listener = proactor.listen(serving.wanted(), Serving.BACKLOG, false);
            serving.listening(listener.address());
            listener.accept(new Overlapped(done -> accepted(serving, done)));
            while (!serving.isStopping()) {
                proactor.alertableWait();
            }
            serving.endAll();
        }
    }

    private static void accepted(Serving serving, Overlapped done) {
        if (done.status() == Status.OK) {
            OverlappedClient client = new OverlappedClient(serving, done.stream(), (_, _) -> {});
            client.start(
                    new Overlapped(over -> client.completed(over, Watch.ROUTINE)),
                    new Overlapped(over -> client.completed(over, Watch.ROUTINE)));
        }
        if (!serving.isStopping()) {
            done.listener().accept(done);
        }
    }
}
