#include "operate/alert_tables.h"

namespace tipoff::operate {

using store::bookkeeping;
using store::key;
using store::value;

const store::Table<AlertRow> kAlert{
    "ops",
    "alert",
    "One thing that is or was wrong, from its first sign until it is resolved.",
    {
        key<&AlertRow::signature>("signature", "What it is, stable over time and places."),
        key<&AlertRow::episode>("episode", "1 for the first; the same again is the next."),
        value<&AlertRow::severity>("severity", "info, warning, error or critical."),
        value<&AlertRow::title>("title", "In one line, as it was last raised."),
        value<&AlertRow::body>("body", "The rest, as it was last raised."),
        value<&AlertRow::game_date>("game_date", "The league's day that it is about, if it is."),
        value<&AlertRow::state>("state", "open or resolved."),
        bookkeeping<&AlertRow::first_raised_at>("first_raised_at", "The league's clock."),
        bookkeeping<&AlertRow::last_raised_at>("last_raised_at", "The league's clock."),
        value<&AlertRow::times_raised>("times_raised", "How often in this episode."),
        bookkeeping<&AlertRow::resolved_at>("resolved_at", "NULL while it is open."),
        bookkeeping<&AlertRow::row_version>(
            "row_version", "Changes of this row, so that two writers always meet in one column."),
    }};

const store::Table<OutboxRow> kOutbox{
    "ops",
    "outbox",
    "Messages, written with what they tell of and sent after that is committed.",
    {
        key<&OutboxRow::message_id>("message_id", "Stable: a message sent twice is recognised."),
        value<&OutboxRow::channel>("channel", "email or webhook."),
        value<&OutboxRow::kind>("kind", "alert, resolved, digest, daily_summary or channel_test."),
        value<&OutboxRow::severity>("severity", "Of a digest, that of its gravest alert."),
        value<&OutboxRow::subject>("subject", "In one line."),
        value<&OutboxRow::body>("body", "The rest."),
        value<&OutboxRow::state>("state", "pending, sent, failed or dropped."),
        value<&OutboxRow::tries>("tries", "Tries begun."),
        bookkeeping<&OutboxRow::not_before>("not_before", "When it may be tried next."),
        bookkeeping<&OutboxRow::created_at>("created_at", "The league's clock."),
        bookkeeping<&OutboxRow::in_flight_since>(
            "in_flight_since", "A try begun of which it is not known what became; else NULL."),
        bookkeeping<&OutboxRow::sent_at>("sent_at", "NULL until it is sent."),
        value<&OutboxRow::error>("error", "Of the last try, or why it was dropped."),
        bookkeeping<&OutboxRow::row_version>(
            "row_version", "Changes of this row, so that two writers always meet in one column."),
    }};

const store::Table<AlertNoticeRow> kAlertNotice{
    "ops",
    "alert_notice",
    "What each channel has been told of each alert.",
    {
        key<&AlertNoticeRow::channel>("channel", "email or webhook."),
        key<&AlertNoticeRow::signature>("signature", "The alert's."),
        key<&AlertNoticeRow::episode>("episode", "The alert's."),
        value<&AlertNoticeRow::told_times>("told_times", "times_raised as the channel knows it."),
        value<&AlertNoticeRow::told_end>("told_end", "Whether it knows that it is resolved."),
        value<&AlertNoticeRow::telling_by>("telling_by",
                                           "The message on its way that tells of it; else empty."),
        value<&AlertNoticeRow::telling_times>("telling_times", "told_times once that is sent."),
        value<&AlertNoticeRow::telling_end>("telling_end", "told_end once that is sent."),
        bookkeeping<&AlertNoticeRow::row_version>(
            "row_version", "Changes of this row, so that two writers always meet in one column."),
    }};

const store::Table<AlertChannelRow> kAlertChannel{
    "ops",
    "alert_channel",
    "How each channel does.",
    {
        key<&AlertChannelRow::channel>("channel", "email or webhook."),
        bookkeeping<&AlertChannelRow::last_test_at>("last_test_at", "When it was last tested."),
        value<&AlertChannelRow::last_test_arrived>("last_test_arrived", "How that ended."),
        bookkeeping<&AlertChannelRow::last_success_at>("last_success_at",
                                                       "When a message was last delivered."),
        bookkeeping<&AlertChannelRow::last_failure_at>("last_failure_at",
                                                       "When one last failed for good."),
        value<&AlertChannelRow::failures>("failures", "Messages in a row that failed for good."),
        value<&AlertChannelRow::reason>("reason", "Of the last failure."),
        bookkeeping<&AlertChannelRow::row_version>(
            "row_version", "Changes of this row, so that two writers always meet in one column."),
    }};

std::vector<const store::TableSpec*> alert_tables() {
    return {&kAlert.spec(), &kAlertChannel.spec(), &kAlertNotice.spec(), &kOutbox.spec()};
}

}  // namespace tipoff::operate
