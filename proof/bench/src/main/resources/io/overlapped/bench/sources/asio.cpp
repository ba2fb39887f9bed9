// A server on Boost.Asio: one thread, one buffer a connection, completion handlers.
// -DBOOST_ASIO_HAS_IO_URING -DBOOST_ASIO_DISABLE_EPOLL turn epoll into io_uring.
#include "peer.h"

#include <boost/asio.hpp>
#include <memory>
#include <vector>

namespace asio = boost::asio;
using asio::ip::tcp;
using error = boost::system::error_code;

static mode chosen;

class connection;
static std::vector<std::shared_ptr<connection>> subscribers;

class connection : public std::enable_shared_from_this<connection> {
public:
    explicit connection(tcp::socket socket) : socket_(std::move(socket)) {}

    void start() {
        socket_.set_option(tcp::no_delay(true));
        receive();
    }

private:
    void receive() {
        socket_.async_read_some(asio::buffer(buffer_), [self = shared_from_this()](error e, std::size_t n) {
            if (e) {
                self->end();
            } else {
                self->received(static_cast<int>(n));
            }
        });
    }

    void received(int n) {
        switch (chosen) {
            case MODE_ECHO:
                reply(buffer_, n);
                break;
            case MODE_SINK: {
                int mark = mark_in(buffer_, count_, n);
                count_ += n;
                if (mark < 0) {
                    receive();
                } else {
                    letter_ = static_cast<unsigned char>(mark);
                    reply(&letter_, 1);
                }
                break;
            }
            case MODE_SOURCE:
                pour();
                break;
            default:
                fan(n);
        }
    }

    void reply(const unsigned char *bytes, int n) {
        asio::async_write(socket_, asio::buffer(bytes, static_cast<std::size_t>(n)),
                          [self = shared_from_this()](error e, std::size_t) {
                              if (e) {
                                  self->end();
                              } else {
                                  self->receive();
                              }
                          });
    }

    void pour() {
        asio::async_write(socket_, asio::buffer(content), [self = shared_from_this()](error e, std::size_t) {
            if (!e) {
                self->pour();
            }
        });
    }

    void fan(int n) {
        if (!named_) {
            named_ = true;
            if (buffer_[0] == 'S') {
                subscribers.push_back(shared_from_this());
            }
            letter_ = buffer_[0];
            reply(&letter_, 1);
            return;
        }
        pending_ = subscribers.size();
        for (auto &subscriber : subscribers) {
            asio::async_write(subscriber->socket_, asio::buffer(buffer_, static_cast<std::size_t>(n)),
                              [self = shared_from_this()](error, std::size_t) {
                                  if (--self->pending_ == 0) {
                                      self->receive();
                                  }
                              });
        }
    }

    void end() {
        for (auto i = subscribers.begin(); i != subscribers.end(); ++i) {
            if (i->get() == this) {
                subscribers.erase(i);
                return;
            }
        }
    }

    tcp::socket socket_;
    unsigned char buffer_[BUFFER];
    unsigned char letter_ = 0;
    long count_ = 0;
    std::size_t pending_ = 0;
    bool named_ = false;
};

static void accept(tcp::acceptor &acceptor) {
    acceptor.async_accept([&acceptor](error e, tcp::socket socket) {
        if (!e) {
            std::make_shared<connection>(std::move(socket))->start();
        }
        accept(acceptor);
    });
}

int main(int argc, char **argv) {
    chosen = mode_of(argc, argv);
    fill_content();
    asio::io_context context(1);
    tcp::acceptor acceptor(context, tcp::v4(), listen_anywhere());
    accept(acceptor);
    ready(acceptor.local_endpoint().port());
    context.run();
}
