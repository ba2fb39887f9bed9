package io.overlapped.lab.report;

import io.overlapped.lab.model.About.Text;
import java.util.List;

/**
 * The questions that the report asks, in its order. Each has a sentence that says what is at stake,
 * which holds whatever comes out, and one that is made from the figures.
 */
final class Questions {
    private final Plots plots;
    private final Findings findings;

    private Questions(Plots plots, Findings findings) {
        this.plots = plots;
        this.findings = findings;
    }

    static List<Question> of(Plots plots, Findings findings) {
        Questions all = new Questions(plots, findings);
        return List.of(
                all.idleCost(),
                all.nothingHappens(),
                all.client65(),
                all.growth(),
                all.silentNeighbours(),
                all.slowReader(),
                all.slowReaderInChat(),
                all.burst(),
                all.systemCalls());
    }

    private Question idleCost() {
        return new Question(
                "idle-cost",
                new Text("What does an idle connection cost?", "조용한 연결 하나는 얼마나 드는가?"),
                new Text(
                        "Most clients of a server are silent most of the time, so what a silent one"
                                + " holds decides how many there can be: a thread of its own holds"
                                + " a stack, while a buffer can be lent just when bytes come.",
                        "서버의 클라이언트는 대부분의 시간 동안 조용하므로 조용한 연결이 붙잡고 있는 메모리가 수용 인원을"
                                + " 정하는데, 전용 스레드는 스택을 붙잡고 있지만 버퍼는 데이터가 올 때만 빌려줄 수 있다."),
                findings.idleCost(),
                new Text(
                        "resident memory per connection, KiB, in the largest row the model did",
                        "연결당 상주 메모리(KiB), 각 모델이 해낸 가장 큰 행 기준"),
                plots.idleCost());
    }

    private Question nothingHappens() {
        return new Question(
                "nothing-happens",
                new Text("Who burns CPU while nothing happens?", "아무 일도 없을 때 누가 CPU를 태우는가?"),
                new Text(
                        "All clients are connected and none of them sends, so what is used now is"
                                + " the price of waiting: a model that asks goes on asking, and a"
                                + " model that is told can sleep.",
                        "모두 접속해 있지만 아무도 보내지 않으므로 이때 쓰는 CPU는 기다리는 비용이며, 물어보는 모델은 계속"
                                + " 물어보고 통보받는 모델은 잠들 수 있다."),
                findings.nothingHappens(),
                new Text(
                        "CPU time in percent of one core, in the largest row the model did",
                        "코어 하나 대비 CPU 시간(%), 각 모델이 해낸 가장 큰 행 기준"),
                plots.nothingHappens());
    }

    private Question client65() {
        return new Question(
                "client-65",
                new Text("What happens at the 65th client?", "65번째 클라이언트가 오면 어떻게 되는가?"),
                new Text(
                        "A thread can wait for 64 Windows events at most, so a model of that shape"
                                + " needs another thread for the 65th client, as one with a thread"
                                + " per socket does for each.",
                        "Windows에서 스레드 하나가 기다릴 수 있는 이벤트는 64개까지이므로, 그런 형태의 모델은 65번째"
                                + " 클라이언트에서 스레드가 하나 더 필요하고 소켓마다 스레드를 두는 모델은 매번 필요하다."),
                findings.client65(),
                new Text(
                        "threads of the server process: ring with 64 clients, disc with 65",
                        "서버 프로세스의 스레드 수: 고리는 64명, 점은 65명"),
                plots.pair("64", "65", Plots.THREADS));
    }

    private Question growth() {
        return new Question(
                "growth",
                new Text(
                        "How does the cost of a message grow with connections?",
                        "연결이 늘면 메시지 하나의 비용은 어떻게 변하는가?"),
                new Text(
                        "Every connection has one message under way: to look through all sockets at"
                                + " every wait makes a message dearer, to answer many after one"
                                + " wait makes it cheaper, and a line that ends early could not go"
                                + " on.",
                        "모든 연결이 메시지를 하나씩 주고받을 때, 기다릴 때마다 소켓을 전부 훑으면 메시지가 비싸지고 한 번 깨어나"
                                + " 여럿에게 대답하면 싸지며, 일찍 끊긴 선은 더 갈 수 없었다는 뜻이다."),
                findings.growth(),
                new Text(
                        "CPU microseconds per message over connections, both logarithmic",
                        "연결 수에 따른 메시지당 CPU 시간(µs), 두 축 모두 로그"),
                plots.growth());
    }

    private Question silentNeighbours() {
        return new Question(
                "silent-neighbours",
                new Text("What do silent neighbours cost?", "조용한 이웃은 얼마나 부담이 되는가?"),
                new Text(
                        "Of 1,000 clients only 10 talk: who hands the whole list of sockets to the"
                                + " kernel at every wait, or looks through it, works for the 990"
                                + " others too.",
                        "1,000명 중 10명만 말할 때, 기다릴 때마다 소켓 목록 전체를 커널에 넘기거나 훑는 모델은 나머지"
                                + " 990명 몫의 일까지 한다."),
                findings.silentNeighbours(),
                new Text(
                        "CPU microseconds per message: ring with 64 talkers, disc with 10 of 1,000",
                        "메시지당 CPU 시간(µs): 고리는 64명 모두 말할 때, 점은 1,000명 중 10명만 말할 때"),
                plots.pair("64", "idle", Plots.CPU));
    }

    private Question slowReader() {
        return new Question(
                "slow-reader",
                new Text("Who suffers from one slow reader?", "읽지 않는 한 명 때문에 누가 피해를 보는가?"),
                new Text(
                        "One of 64 clients sends without end and never reads what comes back: a"
                                + " server that waits for it in a write keeps the other 63 waiting,"
                                + " and one that puts its bytes aside does not.",
                        "64명 중 한 명이 계속 보내기만 하고 돌아오는 것을 읽지 않을 때, 그에게 쓰다가 멈추는 서버는 다른"
                                + " 63명까지 기다리게 하고 그의 데이터를 따로 쌓아 두는 서버는 그러지 않는다."),
                findings.slowReader(),
                new Text(
                        "p99 latency of the others, µs: ring without, disc with the slow reader",
                        "다른 클라이언트의 p99 지연(µs): 고리는 읽지 않는 한 명이 없을 때, 점은 있을 때"),
                plots.pair("64", "slow", Plots.P99));
    }

    private Question slowReaderInChat() {
        return new Question(
                "slow-reader-in-chat",
                new Text("And in a chat?", "채팅이라면?"),
                new Text(
                        "In a chat everybody's words go to the one who does not read as well, so"
                                + " the server has to make all wait, keep everything, or end the"
                                + " one.",
                        "채팅에서는 모두의 말이 읽지 않는 한 명에게도 가므로, 서버는 모두를 기다리게 하거나 전부 쌓아 두거나 그"
                                + " 한 명을 내보내야 한다."),
                findings.slowReaderInChat(),
                new Text(
                        "p99 of a word's way back to its speaker, µs: ring without, disc with",
                        "자기 말이 되돌아오기까지의 p99(µs): 고리는 읽지 않는 한 명이 없을 때, 점은 있을 때"),
                plots.pair("chat", "chat-slow", Plots.P99));
    }

    private Question burst() {
        return new Question(
                "burst",
                new Text("How soon is a burst over?", "한꺼번에 몰린 메시지는 언제 끝나는가?"),
                new Text(
                        "64 clients send 100 messages each at the same moment, and messages that lie"
                                + " joined in a socket cost one read together, so who comes late"
                                + " to a socket finds more to do there at once.",
                        "64명이 같은 순간에 메시지를 100개씩 보내면 소켓에 이어져 쌓인 메시지는 한 번에 읽히므로, 소켓에 늦게"
                                + " 온 쪽이 한꺼번에 더 많이 처리한다."),
                findings.burst(),
                new Text(
                        "milliseconds until all 6,400 are answered, median",
                        "6,400개 모두에 대답하기까지 걸린 시간(ms), 중앙값"),
                plots.burst());
    }

    private Question systemCalls() {
        return new Question(
                "system-calls",
                new Text("How often is the kernel asked?", "커널을 얼마나 자주 부르는가?"),
                new Text(
                        "A reactor asks who is ready, reads and writes, and shares the asking where"
                                + " many are ready at once, while a proactor can start and reap"
                                + " many operations in one call.",
                        "리액터는 누가 준비됐는지 묻고 읽고 쓰며 여럿이 함께 준비되면 묻는 호출을 나누어 쓰고, 프로액터는 호출"
                                + " 한 번으로 여러 작업을 걸고 거둘 수 있다."),
                findings.systemCalls(),
                new Text(
                        "system calls per message with 64 clients, by strace, which slows the"
                                + " server: more is done together than without it",
                        "클라이언트 64명일 때 메시지당 시스템 호출 수(strace로 셈. 서버가 느려지므로 평소보다 더 많이 모아서" + " 처리한다)"),
                plots.systemCalls());
    }
}
