package io.overlapped.lab.report;

import io.overlapped.lab.model.About.Text;
import java.util.List;

/** The questions that the report asks, in its order. */
final class Questions {
    private Questions() {}

    static List<Question> of(Plots plots) {
        return List.of(
                idleCost(plots),
                nothingHappens(plots),
                client65(plots),
                growth(plots),
                silentNeighbours(plots),
                slowReader(plots),
                slowReaderInChat(plots),
                burst(plots),
                systemCalls(plots));
    }

    private static Question idleCost(Plots plots) {
        return new Question(
                "idle-cost",
                new Text("What does an idle connection cost?", "놀고 있는 연결 하나의 값은 얼마인가?"),
                new Text(
                        "Most clients of a server are silent most of the time, so what a silent"
                                + " one holds decides how many there can be. A thread for each"
                                + " pays for its stack; a model that lends memory only when bytes"
                                + " are there pays for little more than the socket.",
                        "서버의 클라이언트는 대부분의 시간 동안 조용하므로, 조용한 연결이 쥐고 있는 것이 수용 인원을"
                                + " 정한다. 연결마다 스레드를 두면 스택 값을 치르고, 데이터가 있을 때만 버퍼를"
                                + " 내주는 모델은 소켓 값 정도만 치른다."),
                new Text(
                        "resident memory per connection, KiB, in the largest row the model did",
                        "연결당 상주 메모리(KiB), 그 모델이 해낸 가장 큰 행에서"),
                plots.idleCost());
    }

    private static Question nothingHappens(Plots plots) {
        return new Question(
                "nothing-happens",
                new Text("Who burns CPU while nothing happens?", "아무 일도 없을 때 누가 CPU를 태우는가?"),
                new Text(
                        "Here all clients are connected and none of them sends. A model that asks"
                                + " keeps a core busy with reads that fail; every model that is"
                                + " told sleeps.",
                        "모든 클라이언트가 접속해 있지만 아무도 보내지 않는다. 물어보는 모델은 실패하는 recv로 코어"
                                + " 하나를 다 쓰고, 통보받는 모델은 모두 잠든다."),
                new Text(
                        "CPU time in percent of one core, largest row the model did",
                        "코어 하나에 대한 CPU 시간(%), 그 모델이 해낸 가장 큰 행에서"),
                plots.nothingHappens());
    }

    private static Question client65(Plots plots) {
        return new Question(
                "client-65",
                new Text("What happens at the 65th client?", "65번째 클라이언트가 오면 무슨 일이 생기는가?"),
                new Text(
                        "One thread can wait for 64 Windows events at most, so the 65th client"
                                + " costs a model of that shape another thread. For all others it"
                                + " is a client like any other, and the ring and the disc lie"
                                + " upon each other.",
                        "Windows에서 스레드 하나는 이벤트를 64개까지만 기다릴 수 있어, 그런 모양의 모델은 65번째"
                                + " 클라이언트 때문에 스레드를 하나 더 만든다. 다른 모델에게는 평범한 손님이어서 고리와"
                                + " 점이 겹친다."),
                new Text(
                        "threads of the server process: ring with 64 clients, disc with 65",
                        "서버 프로세스의 스레드 수: 고리는 64명, 점은 65명"),
                plots.pair("64", "65", Plots.THREADS));
    }

    private static Question growth(Plots plots) {
        return new Question(
                "growth",
                new Text(
                        "How does the cost of a message grow with connections?",
                        "연결이 늘면 메시지 하나의 값은 어떻게 변하는가?"),
                new Text(
                        "Every connection has one message under way, and the line is the server's"
                                + " CPU time for one of them. A line that rises looks through all"
                                + " sockets for each answer; one that ends early has met its"
                                + " limit.",
                        "모든 연결이 메시지를 하나씩 주고받으며, 선은 메시지 하나에 서버가 쓴 CPU 시간이다. 올라가는"
                                + " 선은 대답할 때마다 소켓 전부를 훑는 것이고, 일찍 끊긴 선은 한계를 만난 것이다."),
                new Text(
                        "CPU microseconds per message over connections, both logarithmic",
                        "연결 수에 따른 메시지당 CPU 마이크로초, 두 축 모두 로그"),
                plots.growth());
    }

    private static Question silentNeighbours(Plots plots) {
        return new Question(
                "silent-neighbours",
                new Text("What do silent neighbours cost?", "조용한 이웃은 얼마나 짐이 되는가?"),
                new Text(
                        "Of 1,000 clients only 10 talk. Who hands the whole list of sockets to"
                                + " the kernel at every wait pays for the 990 others; who keeps it"
                                + " there, or has its reads there, does not.",
                        "1,000명 중 10명만 말한다. 기다릴 때마다 소켓 목록 전체를 커널에 넘기는 모델은 나머지 990명의"
                                + " 값을 치르고, 목록이나 읽기 요청을 커널에 맡겨 둔 모델은 치르지 않는다."),
                new Text(
                        "CPU microseconds per message: ring with 64 talkers, disc with 10 of 1,000",
                        "메시지당 CPU 마이크로초: 고리는 64명 모두, 점은 1,000명 중 10명"),
                plots.pair("64", "idle", Plots.CPU));
    }

    private static Question slowReader(Plots plots) {
        return new Question(
                "slow-reader",
                new Text("Who suffers from one slow reader?", "읽지 않는 한 명 때문에 누가 고생하는가?"),
                new Text(
                        "One of 64 clients sends without end and never reads what comes back."
                                + " A server that waits for it in a write keeps the other 63"
                                + " waiting too; one that puts its bytes aside does not.",
                        "64명 중 한 명이 끝없이 보내면서 돌아오는 것을 읽지 않는다. 그에게 쓰다가 멈추는 서버는 다른"
                                + " 63명도 기다리게 하고, 그의 데이터를 따로 쌓아 두는 서버는 그러지 않는다."),
                new Text(
                        "p99 latency of the others, µs: ring without, disc with the slow reader",
                        "다른 이들의 p99 지연(µs): 고리는 느린 이가 없을 때, 점은 있을 때"),
                plots.pair("64", "slow", Plots.P99));
    }

    private static Question slowReaderInChat(Plots plots) {
        return new Question(
                "slow-reader-in-chat",
                new Text("And in a chat?", "채팅이라면?"),
                new Text(
                        "In a chat everybody's words go to the one who does not read, so they"
                                + " pile up for as long as he stays. The server has to choose:"
                                + " make all wait, keep everything, or end the one.",
                        "채팅에서는 모두의 말이 읽지 않는 한 명에게도 가므로, 그가 있는 동안 계속 쌓인다. 서버는 골라야"
                                + " 한다. 모두를 기다리게 하거나, 전부 쌓아 두거나, 그 한 명을 내보내거나."),
                new Text(
                        "p99 of a word's way back to its speaker, µs: ring without, disc with",
                        "자기 말이 되돌아오기까지의 p99(µs): 고리는 느린 이가 없을 때, 점은 있을 때"),
                plots.pair("chat", "chat-slow", Plots.P99));
    }

    private static Question burst(Plots plots) {
        return new Question(
                "burst",
                new Text("How soon is a burst over?", "한꺼번에 몰린 메시지는 언제 끝나는가?"),
                new Text(
                        "64 clients send 100 messages each at the same moment. Messages that"
                                + " lie joined in the socket cost one read together, so who"
                                + " comes late to a socket finds more to do there at once.",
                        "64명이 같은 순간에 메시지를 100개씩 보낸다. 소켓에 붙어서 쌓인 메시지들은 한 번에 읽히므로,"
                                + " 소켓에 늦게 온 쪽이 한꺼번에 더 많이 처리한다."),
                new Text(
                        "milliseconds until all 6,400 are answered, median",
                        "6,400개가 모두 대답받기까지의 밀리초, 중앙값"),
                plots.burst());
    }

    private static Question systemCalls(Plots plots) {
        return new Question(
                "system-calls",
                new Text("How often is the kernel asked?", "커널을 얼마나 자주 부르는가?"),
                new Text(
                        "A reactor asks who is ready, reads and writes: three calls where one"
                                + " client talks, fewer where many are ready at once. A completion"
                                + " port with many operations under way submits and reaps many of"
                                + " them in one call.",
                        "리액터는 누가 준비됐는지 묻고, 읽고, 쓴다. 한 명이면 세 번이고, 여럿이 함께 준비되면 줄어든다."
                                + " 많은 작업을 걸어 둔 완료 포트는 한 번의 호출로 여러 개를 걸고 거둔다."),
                new Text(
                        "system calls per message with 64 clients, by strace",
                        "클라이언트 64명일 때 메시지당 시스템 호출 수(strace)"),
                plots.systemCalls());
    }
}
