/// What is true of the queue of many machines alone, on one real server.
#include "coordinate/jetstream/jetstream_queue.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "coordinate/jetstream/connection.h"
#include "coordinate/jetstream/streams.h"
#include "coordinate/open_queue.h"
#include "queues.h"
#include "support/eventually.h"
#include "support/expected.h"
#include "trained_model.h"

namespace tipoff::coordinate::jetstream {
namespace {

using std::chrono::milliseconds;
using support::eventually;
using support::outcome_of;
using support::told;
using support::value_of;
using test::batch_of;
using test::kSoon;
using test::messages_of;
using test::OverJetStream;

TEST(QueueAddress, IsServersAndAName) {
    const auto one = value_of(parse_address("nats://10.0.0.1:4222"));
    EXPECT_EQ(one.servers, std::vector<std::string>{"nats://10.0.0.1:4222"});
    EXPECT_EQ(one.name, "tipoff");
    const auto three = value_of(parse_address("nats://a:1,nats://b:2,[::1]:3/trial_2"));
    EXPECT_EQ(three.servers,
              (std::vector<std::string>{"nats://a:1", "nats://b:2", "nats://[::1]:3"}));
    EXPECT_EQ(three.name, "trial_2");
    EXPECT_EQ(to_string(three), "nats://a:1,nats://b:2,nats://[::1]:3/trial_2");
    for (const char* wrong : {"", "host:4222", "http://a:1", "nats://", "nats://a", "nats://a:0",
                              "nats://a:70000", "nats://a:b", "nats://a:1,", "nats://a:1/",
                              "nats://a:1/x.y", "nats://a:1/x/y", "nats://a b:1", "nats://:1"}) {
        EXPECT_EQ(outcome_of(parse_address(wrong)), "wrong usage") << wrong;
    }
}

TEST(QueueAddress, WithAPasswordIsRefusedAndNotRepeated) {
    const auto refused = parse_address("nats://me:swordfish@10.0.0.1:4222");
    EXPECT_EQ(outcome_of(refused), "wrong usage");
    EXPECT_FALSE(told(refused).contains("swordfish"));
    EXPECT_TRUE(told(refused).contains("TIPOFF_NATS_CREDS"));
}

class JetStream : public testing::Test {
protected:
    void SetUp() override {
        if (const std::string why = OverJetStream::why_not(); !why.empty()) GTEST_SKIP() << why;
        queue_ = std::make_unique<OverJetStream>();
    }
    WorkDesk& desk() { return queue_->desk(); }
    WorkSource& source() { return queue_->source(); }

    std::unique_ptr<OverJetStream> queue_;
    SystemClock clock_;
};

TEST_F(JetStream, TakesAnItemFromAWorkerThatIsSilentAndLeavesItOneThatIsNot) {
    value_of(desk().publish(messages_of(batch_of(2))));
    const auto mine = value_of(source().take(1, kSoon));
    const auto silent = value_of(source().take(1, kSoon));
    ASSERT_EQ(mine.size() + silent.size(), 2U);
    const auto other = value_of(Source::open(queue_->options(), clock_));
    EXPECT_EQ(other->keep_every(), queue_->options().silent_worker_loses / 3);
    std::vector<Delivery> lost;
    const auto start = clock_.elapsed();
    // For three times as long as silence is borne, and until the silent one's item is lost.
    EXPECT_TRUE(eventually([&] {
        value_of(source().keep({&mine[0].tag, 1}));
        for (Delivery& item : value_of(other->take(10, milliseconds{100})))
            lost.push_back(std::move(item));
        for (const Delivery& item : lost)
            value_of(other->keep({&item.tag, 1}));
        return clock_.elapsed() - start > 3 * queue_->options().silent_worker_loses;
    }));
    ASSERT_EQ(lost.size(), 1U);
    EXPECT_EQ(lost[0].id, silent[0].id);
    EXPECT_EQ(lost[0].times, 2);
}

TEST_F(JetStream, GivesBackWhatAWorkerThatEndsStillHolds) {
    value_of(desk().publish(messages_of(batch_of(2))));
    {
        const auto leaving = value_of(Source::open(queue_->options(), clock_));
        ASSERT_EQ(value_of(leaving->take(10, kSoon)).size(), 2U);
    }
    const auto start = clock_.elapsed();
    std::size_t again = 0;
    EXPECT_TRUE(eventually([&] {
        again += value_of(source().take(10, kSoon)).size();
        return again == 2;
    }));
    EXPECT_LT(clock_.elapsed() - start, queue_->options().silent_worker_loses);
}

TEST_F(JetStream, LendsModelsInParts) {
    // Larger than a message.
    const auto model = test::trained_model(1, 40);
    ASSERT_GT(model->bytes().size(), 1U << 20) << "it fits into one message";
    const auto other = test::trained_model(2, 5);
    ASSERT_NE(model->hash(), other->hash());
    value_of(desk().lend(model));
    value_of(desk().lend(other));
    value_of(desk().lend(model));
    const auto found = value_of(source().trained(model->hash()));
    EXPECT_EQ(found->bytes(), model->bytes());
    EXPECT_EQ(value_of(source().trained(other->hash()))->bytes(), other->bytes());
}

TEST_F(JetStream, LendsAModelAgainOfWhichAPartIsGone) {
    const auto model = test::trained_model(3, 40);
    value_of(desk().lend(model));
    const auto connection = value_of(Connection::open(queue_->options(), clock_));
    const std::string stream = connection->stream(kModels);
    ASSERT_EQ(js_DeleteMsg(&connection->context(), stream.c_str(), 1, nullptr, nullptr), NATS_OK);
    EXPECT_EQ(outcome_of(source().trained(model->hash())), "not found");
    value_of(desk().lend(model));
    EXPECT_EQ(value_of(source().trained(model->hash()))->bytes(), model->bytes());
}

TEST_F(JetStream, KnowsABatchOfADatabaseThatWasMadeAnewFromTheOneBefore) {
    const auto messages = messages_of(batch_of(2));
    const auto forecast = [&](WorkDesk& desk, const std::string& said) {
        value_of(desk.publish(messages));
        const auto items = value_of(source().take(10, kSoon));
        EXPECT_EQ(items.size(), 2U);
        for (const Delivery& item : items) {
            const Answer answer{.item = item.tag, .result = {item.id, said}};
            value_of(source().answer({&answer, 1}));
        }
        const auto results = value_of(desk.results(10, kSoon));
        ASSERT_EQ(results.size(), 2U);
        EXPECT_EQ(results[0].body, said);
        value_of(desk.confirm(results));
    };
    forecast(desk(), "before");
    const auto anew = value_of(Desk::open(queue_->options(), clock_));
    forecast(*anew, "anew");
}

TEST_F(JetStream, RefusesAStreamThatIsAnothers) {
    Options options = queue_->options();
    options.address.name = test::next_queue_name();
    const auto connection = value_of(Connection::open(options, clock_));
    const std::string name = connection->stream(kItems);
    const char* subject = "something.else";
    jsStreamConfig config;
    jsStreamConfig_Init(&config);
    config.Name = name.c_str();
    config.Subjects = &subject;
    config.SubjectsLen = 1;
    ASSERT_EQ(js_AddStream(nullptr, &connection->context(), &config, nullptr, nullptr), NATS_OK);
    const auto refused = Desk::open(options, clock_);
    EXPECT_EQ(outcome_of(refused), "refused");
    EXPECT_TRUE(told(refused).contains(name)) << told(refused);
}

TEST_F(JetStream, RefusesMoreCopiesThanServers) {
    Options options = queue_->options();
    options.address.name = test::next_queue_name();
    options.replicas = 3;
    EXPECT_EQ(outcome_of(Desk::open(options, clock_)), "refused");
}

TEST_F(JetStream, SaysWhereNobodyAnswers) {
    const auto port = test::free_ports(1)[0];
    const auto refused = open_work_source("nats://127.0.0.1:" + std::to_string(port), clock_);
    EXPECT_EQ(outcome_of(refused), "input/output");
    EXPECT_TRUE(told(refused).contains(std::to_string(port))) << told(refused);
}

TEST_F(JetStream, IsNotOnAServerWithoutIt) {
    test::NatsServer::Settings settings;
    settings.port = test::free_ports(1)[0];
    settings.has_jetstream = false;
    const test::NatsServers servers(std::vector{settings});
    Options options = servers.options("tipoff");
    std::string last;
    EXPECT_TRUE(eventually([&] {
        last = told(Connection::open(options, clock_));
        return !last.contains("no queue answers");
    }));
    EXPECT_TRUE(last.contains("has no JetStream")) << last;
}

TEST_F(JetStream, IsEncryptedWithServersThatSomebodyTrustedVouchesFor) {
    const support::TempFolder folder;
    const std::string key = folder / "key.pem";
    const std::string certificate = folder / "certificate.pem";
    ASSERT_TRUE(test::succeeds({"openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
                                "-keyout", key, "-out", certificate, "-days", "2", "-subj",
                                "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"}));
    test::NatsServer::Settings settings;
    settings.scheme = "tls://";
    settings.host = "localhost";
    settings.port = test::free_ports(1)[0];
    settings.more = {"--tls", "--tlscert", certificate, "--tlskey", key};
    const test::NatsServers servers(std::vector{settings});
    Options options = servers.options("safe");
    options.certificates = certificate;
    const auto desk = test::desk_on(options);
    value_of(desk->publish(messages_of(batch_of(2))));

    options.certificates.reset();
    EXPECT_EQ(outcome_of(Connection::open(options, clock_)), "refused") << "nobody vouches for it";
    options.certificates = key;
    EXPECT_EQ(outcome_of(Connection::open(options, clock_)), "invalid input");
    options.certificates.reset();
    options.address.is_encrypted = false;
    options.address.servers = {"nats://localhost:" + std::to_string(settings.port)};
    EXPECT_EQ(outcome_of(Connection::open(options, clock_)), "refused") << "it asks for TLS";
}

TEST_F(JetStream, HasExamplesThatServersTake) {
    for (const char* name : {"nats-1.conf", "nats-2.conf", "nats-3.conf"}) {
        const auto file = std::filesystem::path(TIPOFF_SOURCE_DIR) / "deploy/nats" / name;
        EXPECT_TRUE(test::succeeds(
            {"env", "TIPOFF_NATS_PASSWORD=x", "nats-server", "-t", "-c", file.string()}))
            << name;
    }
}

TEST_F(JetStream, LetsInWhoHasThePasswordInAFileOfHisOwn) {
    test::NatsServers servers(1, {"--user", "me", "--pass", "swordfish"});
    const support::TempFolder folder;
    const auto with = [&](const std::string& line, std::filesystem::perms mode) {
        support::write_file(folder / "creds", line);
        std::filesystem::permissions(folder / "creds", mode);
        Options options = servers.options("tipoff");
        options.credentials = folder / "creds";
        return Connection::open(options, clock_);
    };
    using std::filesystem::perms;
    constexpr perms kOwn = perms::owner_read | perms::owner_write;
    EXPECT_TRUE(eventually([&] { return with("me:swordfish\n", kOwn).has_value(); }));
    const auto wrong = with("me:sardine\n", kOwn);
    EXPECT_EQ(outcome_of(wrong), "refused");
    EXPECT_FALSE(told(wrong).contains("sardine")) << told(wrong);
    EXPECT_EQ(outcome_of(with("me:swordfish\n", kOwn | perms::group_read)), "refused");
    EXPECT_EQ(outcome_of(with("me\n", kOwn)), "invalid input");
    const Options without = servers.options("tipoff");
    EXPECT_EQ(outcome_of(Connection::open(without, clock_)), "refused");
}

}  // namespace
}  // namespace tipoff::coordinate::jetstream
