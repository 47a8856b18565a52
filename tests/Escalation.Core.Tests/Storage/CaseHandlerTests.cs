using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Storage;

/// <summary>The one way in, over a store in memory. Suffolk; the case opens on Monday 12 October 2026 at 09:00.</summary>
public sealed class CaseHandlerTests : IWaker
{
    private static readonly DateTimeOffset Nine = UkTime.At("2026-10-12 09:00");
    private readonly MemoryStore _store = new();
    private readonly RuleBook _rules;
    private readonly CaseHandler _handler;
    private readonly Dictionary<string, DateTimeOffset?> _wakes = [];
    private byte _salts;

    public CaseHandlerTests()
    {
        _rules = new RuleBook(_store);
        _handler = new CaseHandler(_store, _store, _rules, this, () => [.. new byte[15], ++_salts]);
        foreach (var agency in Sample.Directory("suffolk").Agencies)
            Assert.True(StoredDirectory.WriteAsync(_store, "suffolk", agency, 0, default).GetAwaiter().GetResult());
    }

    public ValueTask WakeAsync(string reference, DateTimeOffset? next, CancellationToken cancel)
    {
        _wakes[reference] = next;
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Opening_writes_the_case_once_and_says_when_it_wakes()
    {
        var done = await Open();
        Assert.True(done.Opened);
        Assert.True(Reference.IsWellFormed(done.Document.Case.Reference));
        Assert.Equal((1, Nine), (_store.Writes, _wakes[done.Document.Case.Reference]));
        Assert.Equal(1, done.Document.Version);
    }

    [Fact]
    public async Task The_same_key_and_body_is_the_same_case_at_any_time_and_another_body_a_conflict()
    {
        var first = await Open();
        var again = Assert.IsType<Handled.Done>(await OpenAsync(Nine.AddDays(3)));
        Assert.Equal((first.Document.Case.Reference, false), (again.Document.Case.Reference, again.Opened));
        var other = Assert.IsType<Handled.Refused>(await OpenAsync(Nine, o => o with { Details = "Something else." }));
        Assert.Equal(Codes.Conflict, other.Why.Code);
        Assert.Equal(1, _store.Writes);
    }

    [Fact]
    public async Task A_form_that_a_case_has_no_room_for_is_refused_and_nothing_is_written()
    {
        // A quote takes eight bytes where it is stored: as a text within a text.
        var refused = await OpenAsync(Nine, o => o with { Details = new string('"', 9_000) });
        Assert.Equal(Codes.TooLarge, Assert.IsType<Handled.Refused>(refused).Why.Code);
        Assert.Equal((0, 0), (_store.Writes, _wakes.Count));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(899, true)]
    [InlineData(900, false)]
    public async Task Without_a_key_the_same_form_within_a_quarter_of_an_hour_is_one_case(int seconds, bool same)
    {
        var first = await Open(keyed: false);
        var again = Assert.IsType<Handled.Done>(await OpenAsync(Nine.AddSeconds(seconds), keyed: false));
        Assert.Equal(same, first.Document.Case.Reference == again.Document.Case.Reference);
        Assert.Equal(same ? [] : [first.Document.Case.Reference], again.Document.Case.PossibleDuplicates);
    }

    [Fact]
    public async Task Two_that_open_at_once_under_one_key_are_one_case()
    {
        _store.BeforeWrite = _ =>
            Assert.True(OpenAsync(Nine).GetAwaiter().GetResult() is Handled.Done { Opened: true });
        var second = Assert.IsType<Handled.Done>(await OpenAsync(Nine));
        Assert.Equal((false, 1), (second.Opened, _store.Writes));
    }

    [Fact]
    public async Task A_command_that_loses_a_race_is_decided_again_at_its_own_instant()
    {
        var reference = (await Open()).Document.Case.Reference;
        var deadline = UkTime.At("2026-10-15");
        _store.BeforeWrite = _ => _handler.AdvanceAsync(reference, null, deadline, default).GetAwaiter().GetResult();
        var command = Commands.Outcome(
            Sample.Policy("suffolk"),
            (await Read(reference)).Case,
            Outcomes.Resolved,
            Sample.Raising,
            UkTime.Day("2026-10-15")
        ) with
        {
            Id = "late",
            Stage = "1",
        };
        var done = Assert.IsType<Handled.Done>(
            await _handler.ExecuteAsync(reference, command, deadline.AddTicks(-1), default)
        );
        Assert.Equal(Answers.StageClosed, done.Answer);
        Assert.True(Assert.Single(done.Document.Case.LateResponses).Said.InTime);
    }

    [Fact]
    public async Task A_wake_that_was_handed_the_case_as_read_goes_by_what_somebody_else_has_written_since()
    {
        var reference = (await Open()).Document.Case.Reference;
        var read = await _store.ReadAsync(reference, default);
        await DoAsync(reference, Commands.Note(Sample.Raising));
        var advanced = await _handler.AdvanceAsync(reference, read, UkTime.At("2026-10-15"), default);
        Assert.Equal("2", Assert.IsType<Handled.Done>(advanced).Document.Case.Stage.Id);
        Assert.Equal(3, (await _store.ReadAsync(reference, default))!.Version);
    }

    [Fact]
    public async Task A_repeat_after_rereading_answers_the_same_and_writes_nothing()
    {
        var reference = (await Open()).Document.Case.Reference;
        var note = Commands.Note(Sample.Raising) with { Id = "mine", Stage = "1" };
        await _handler.ExecuteAsync(reference, note, Nine, default);
        var writes = _store.Writes;
        Assert.IsType<Handled.Done>(await _handler.ExecuteAsync(reference, note, Nine.AddDays(1), default));
        Assert.Equal(
            Codes.Conflict,
            Assert
                .IsType<Handled.Refused>(
                    await _handler.ExecuteAsync(reference, note with { Text = "Other." }, Nine, default)
                )
                .Why.Code
        );
        Assert.Equal(writes, _store.Writes);
    }

    [Fact]
    public async Task A_case_that_is_not_there_is_missing()
    {
        Assert.IsType<Handled.Missing>(await _handler.AdvanceAsync("SUF-0000-0000", null, Nine, default));
        Assert.Null(await _handler.AdvanceAsync("SUF-0000-0000", null, Nine, Nine, default));
    }

    [Fact]
    public async Task Notices_that_the_host_sends_itself_wake_the_case_only_when_they_should_have_been_sent()
    {
        var opened = (await Open()).Document;
        var missed = opened.Case.Stage.Deadline!.At;
        var left = await _handler.AdvanceAsync(opened.Case.Reference, null, missed, missed.AddMinutes(5), default);
        var after = await Read(opened.Case.Reference);
        Assert.NotEmpty(after.ToSend(missed));
        Assert.True(after.NextWake <= missed);
        Assert.Equal(new Advanced(after.Version, ToSend: true, missed.AddMinutes(5)), left);
        Assert.Equal(missed.AddMinutes(5), _wakes[opened.Case.Reference]);
        Assert.Equal(
            left! with
            {
                NextWake = missed.AddMinutes(9),
            },
            await _handler.AdvanceAsync(opened.Case.Reference, null, missed, missed.AddMinutes(9), default)
        );
        Assert.Equal((2, missed.AddMinutes(5)), (_store.Writes, _wakes[opened.Case.Reference]));
    }

    [Fact]
    public async Task A_write_that_leaves_the_next_wake_as_it_was_wakes_nobody_and_one_that_makes_it_another_does()
    {
        var reference = (await Open()).Document.Case.Reference;
        foreach (var key in (await Read(reference)).Case.Notices.Select(n => n.Key).ToList())
            await _handler.RecordAttemptsAsync(
                reference,
                [new Attempt(key, "operation of " + key, null)],
                Nine,
                default
            );
        var waiting = await Read(reference);
        Assert.True(waiting.NextWake > Nine);
        Assert.Equal(waiting.NextWake, _wakes[reference]);

        _wakes.Clear();
        var writes = _store.Writes;
        await _handler.RecordDeliveryAsync(reference, waiting.Case.Notices[0].Key, null, Nine, default);
        Assert.Equal((writes + 1, waiting.NextWake), (_store.Writes, (await Read(reference)).NextWake));
        Assert.Empty(_wakes);

        await _handler.RecordDeliveryAsync(reference, waiting.Case.Notices[0].Key, "bounced", Nine, default);
        Assert.Equal((Nine, Nine), ((await Read(reference)).NextWake, _wakes[reference]));
    }

    [Fact]
    public async Task A_command_is_written_with_its_first_event_and_known_for_all_of_them()
    {
        var opened = (await Open()).Document;
        var outcome = Commands.Outcome(
            Sample.Policy("suffolk"),
            opened.Case,
            Outcomes.Escalate,
            Sample.Raising,
            UkTime.Day("2026-10-12")
        ) with
        {
            Id = "out",
            Stage = "1",
        };
        await _handler.ExecuteAsync(opened.Case.Reference, outcome, Nine, default);
        var after = await Read(opened.Case.Reference);
        Assert.Single(after.Events, e => e.Contains("\"id\":\"out\"", StringComparison.Ordinal));
        var caused = DocumentFormat.Recorded(after.Events, after.Words).Skip(opened.Events.Count).ToList();
        Assert.True(caused.Count > 1);
        Assert.All(caused, e => Assert.Equal(("out", outcome.Actor), (e.Command?.Id, e.Command?.Actor)));
        Assert.All(DocumentFormat.Recorded(opened.Events, opened.Words), e => Assert.NotEqual("out", e.Command?.Id));
    }

    [Fact]
    public async Task Notes_stop_at_256_KB_and_outcomes_do_not()
    {
        var reference = (await Open()).Document.Case.Reference;
        var (n, answer) = (0, (Handled)new Handled.Missing());
        while (n < 60 && answer is not Handled.Refused)
            answer = await _handler.ExecuteAsync(
                reference,
                Commands.Note(Sample.Raising, new string('x', 10_000)) with
                {
                    Id = $"n{++n}",
                    Stage = "1",
                },
                Nine,
                default
            );
        Assert.Equal(Codes.TooLarge, Assert.IsType<Handled.Refused>(answer).Why.Code);
        var outcome = Commands.Outcome(
            Sample.Policy("suffolk"),
            (await Read(reference)).Case,
            Outcomes.Escalate,
            Sample.Raising,
            UkTime.Day("2026-10-12")
        ) with
        {
            Id = "out",
            Stage = "1",
        };
        Assert.IsType<Handled.Done>(await _handler.ExecuteAsync(reference, outcome, Nine, default));
    }

    [Fact]
    public async Task A_failed_try_waits_longer_each_time_outside_the_events_and_a_success_is_an_event()
    {
        var opened = (await Open()).Document;
        var key = opened.Case.Notices[0].Key;
        foreach (var minutes in new[] { 1, 2, 4 })
        {
            await _handler.RecordAttemptsAsync(
                opened.Case.Reference,
                [new Attempt(key, null, "unreachable")],
                Nine,
                default
            );
            var document = await Read(opened.Case.Reference);
            Assert.Equal(
                (opened.Case.Events, Nine.AddMinutes(minutes)),
                (document.Case.Events, document.NextTry(document.Case.Notices[0]))
            );
            Assert.DoesNotContain(document.ToSend(Nine), n => n.Key == key);
        }
        await _handler.RecordAttemptsAsync(
            opened.Case.Reference,
            [new Attempt(key, "op-1", null)],
            Nine.AddMinutes(7),
            default
        );
        var sent = await Read(opened.Case.Reference);
        Assert.Equal(
            (NoticeState.Sent, "op-1", 0),
            (sent.Case.Notices[0].Status, sent.Case.Notices[0].Operation, sent.Sends.Count)
        );
        await _handler.RecordDeliveryAsync(opened.Case.Reference, key, null, Nine.AddMinutes(8), default);
        Assert.Equal(NoticeState.Delivered, (await Read(opened.Case.Reference)).Case.Notices[0].Status);
    }

    [Fact]
    public async Task Attempts_that_fail_for_days_do_not_make_the_document_grow()
    {
        var opened = (await Open()).Document;
        var attempts = opened.Case.Notices.Select(n => new Attempt(n.Key, null, "unreachable")).ToList();
        for (var i = 0; i < 1_000; i++)
            await _handler.RecordAttemptsAsync(opened.Case.Reference, attempts, Nine, default);
        var stored = (await _store.ReadAsync(opened.Case.Reference, default))!;
        Assert.Equal(1_000, DocumentFormat.Read(stored).Sends[attempts[0].Key].Attempts);
        Assert.InRange(stored.Document.Length, 1, DocumentFormat.Write(opened).Length + CaseSize.MostRepeated + 5_000);
    }

    [Theory]
    [InlineData(600, 600)]
    [InlineData(10, 60)]
    [InlineData(0, 60)]
    [InlineData(3_601, 3_600)]
    public async Task The_wait_that_a_provider_asks_for_is_kept_where_it_is_longer_than_the_usual_one(
        int asked,
        int waited
    )
    {
        var opened = (await Open()).Document;
        var attempt = new Attempt(opened.Case.Notices[0].Key, null, "busy", After: TimeSpan.FromSeconds(asked));
        await _handler.RecordAttemptsAsync(opened.Case.Reference, [attempt], Nine, default);
        Assert.Equal(Nine.AddSeconds(waited), (await Read(opened.Case.Reference)).Sends[attempt.Key].NextTry);
    }

    [Fact]
    public async Task While_nothing_can_be_sent_at_all_the_cases_emails_that_are_due_wait_with_the_one_that_was_tried()
    {
        var opened = (await Open()).Document.Case;
        var (one, other) = (opened.Notices[0].Key, opened.Notices[1].Key);
        var down = new Attempt(other, null, MailFaults.SignIn, Down: true);
        var mailbox = new Attempt(one, null, "mailboxFull");
        await _handler.RecordAttemptsAsync(opened.Reference, [mailbox], Nine, default);

        await _handler.RecordAttemptsAsync(opened.Reference, [down], Nine, default);
        var sends = (await Read(opened.Reference)).Sends;
        Assert.Equal(new SendState(1, Nine.AddMinutes(1), "mailboxFull"), sends[one]);

        await _handler.RecordAttemptsAsync(opened.Reference, [down], Nine.AddMinutes(1), default);
        sends = (await Read(opened.Reference)).Sends;
        Assert.Equal(new SendState(2, Nine.AddMinutes(3), MailFaults.SignIn, Down: true), sends[other]);
        Assert.Equal(new SendState(1, Nine.AddMinutes(3), MailFaults.SignIn, Down: true), sends[one]);
    }

    [Fact]
    public async Task An_email_that_waits_for_the_installation_already_goes_on_waiting_with_the_one_that_was_tried()
    {
        var opened = (await Open()).Document.Case;
        var (one, other) = (opened.Notices[0].Key, opened.Notices[1].Key);
        var down = new Attempt(one, null, MailFaults.SignIn, Down: true);
        await _handler.RecordAttemptsAsync(opened.Reference, [down], Nine, default);
        Assert.Equal(Nine.AddMinutes(1), (await Read(opened.Reference)).Sends[other].NextTry);

        await _handler.RecordAttemptsAsync(opened.Reference, [down], Nine.AddSeconds(30), default);
        var sends = (await Read(opened.Reference)).Sends;
        var next = Nine.AddSeconds(30).AddMinutes(2);
        Assert.Equal(new SendState(2, next, MailFaults.SignIn, Down: true), sends[one]);
        Assert.Equal(new SendState(0, next, MailFaults.SignIn, Down: true), sends[other]);
    }

    [Fact]
    public async Task What_goes_to_the_second_channel_is_not_put_off_with_the_emails()
    {
        var opened = (await Open()).Document.Case;
        var down = new Attempt(opened.Notices[0].Key, null, MailFaults.SignIn, Down: true);
        var now = Nine.AddDays(3);
        await _handler.RecordAttemptsAsync(opened.Reference, [down], now, default);

        var after = await Read(opened.Reference);
        var word = Assert.Single(after.Case.Notices, n => !n.IsEmail);
        Assert.Equal((NoticeKinds.MailDelayed, NoticeState.Queued), (word.Queued.Kind, word.Status));
        Assert.DoesNotContain(word.Key, after.Sends.Keys);
        Assert.Equal([word.Key], after.ToSend(now).Select(n => n.Key));
    }

    [Fact]
    public async Task A_notice_that_is_not_taken_for_three_days_has_failed()
    {
        var opened = (await Open()).Document;
        var attempt = new Attempt(opened.Case.Notices[0].Key, null, "unreachable");
        await _handler.RecordAttemptsAsync(opened.Case.Reference, [attempt], Nine.AddDays(3).AddTicks(-1), default);
        Assert.Equal(NoticeState.Queued, (await Read(opened.Case.Reference)).Case.Notices[0].Status);
        await _handler.RecordAttemptsAsync(opened.Case.Reference, [attempt], Nine.AddDays(3), default);
        Assert.Equal(NoticeState.Failed, (await Read(opened.Case.Reference)).Case.Notices[0].Status);
    }

    [Fact]
    public async Task A_notice_that_waits_for_the_installation_is_never_given_up_and_goes_out_once_that_is_mended()
    {
        var opened = (await Open()).Document;
        var attempt = new Attempt(opened.Case.Notices[0].Key, null, "unreachable", Down: true);
        foreach (var days in new[] { 3, 4, 28, 365 })
        {
            await _handler.RecordAttemptsAsync(opened.Case.Reference, [attempt], Nine.AddDays(days), default);
            Assert.Equal(NoticeState.Queued, (await Read(opened.Case.Reference)).Case.Notices[0].Status);
        }
        var taken = new Attempt(attempt.Key, "operation", null);
        await _handler.RecordAttemptsAsync(opened.Case.Reference, [taken], Nine.AddDays(366), default);
        Assert.Equal(NoticeState.Sent, (await Read(opened.Case.Reference)).Case.Notices[0].Status);
    }

    [Theory]
    [InlineData(10, 10, true, true)]
    [InlineData(10, 400, false, true)]
    [InlineData(360, 10, true, false)]
    [InlineData(400, 400, false, false)]
    public async Task Of_who_a_notice_was_sent_to_the_role_goes_first_where_there_is_no_room_and_the_calendar_entry_next(
        int name,
        int role,
        bool keepsRole,
        bool keepsEntry
    )
    {
        var opened = (await Open()).Document.Case;
        var entry = new Invitation(
            "1",
            new string('u', 100),
            "organiser@example.org",
            0,
            opened.Stage.Deadline!.At,
            Cancelled: false
        );
        var to = new PersonName(new string('n', name), new string('r', role), "nel@example.org");
        var attempt = new Attempt(opened.Notices[0].Key, "operation", null) { To = to, Invitation = entry };
        await _handler.RecordAttemptsAsync(opened.Reference, [attempt], Nine, default);

        var notice = (await Read(opened.Reference)).Case.Notices[0];
        Assert.Equal(
            (keepsRole ? to : to with { Role = null }, keepsEntry ? entry : null),
            (notice.To, notice.Invitation)
        );
    }

    [Theory]
    [InlineData("suffolk")]
    [InlineData(null)]
    public async Task An_amendment_is_previewed_then_carried_to_open_cases_once(string? partnership)
    {
        var reference = (await Open()).Document.Case.Reference;
        var amending = new Amending(_store, _store, _handler, _rules);
        var amendment = new Amendment(UkTime.Day("2026-10-14"), "A day of mourning", BankHoliday: true, "key", Nine);
        var moved = Assert.Single(await amending.PreviewAsync(partnership, amendment, Nine, default));
        Assert.Equal(
            (reference, UkTime.At("2026-10-15"), UkTime.At("2026-10-16")),
            (moved.Reference, moved.From, moved.To)
        );
        Assert.True(await StoredCalendar.AmendAsync(_store, partnership, amendment, default));
        _rules.Refresh();
        Assert.Equal(
            (1, 0),
            (await amending.ApplyAsync("suffolk", Nine, default), await amending.ApplyAsync("suffolk", Nine, default))
        );
        Assert.Equal(UkTime.At("2026-10-16"), (await Read(reference)).Case.Stage.Deadline!.At);
        Assert.Empty(await amending.PreviewAsync(partnership, amendment, Nine, default));
    }

    [Fact]
    public async Task An_amendment_is_carried_again_until_every_open_case_could_be_looked_at()
    {
        await OpenOneAsync("suffolk");
        var damaged = await OpenOneAsync("suffolk");
        var whole = (await _store.ReadAsync(damaged, default))!;
        await WriteAsync(whole.Version, "{}"u8.ToArray());
        var amending = new Amending(_store, _store, _handler, _rules);
        var amendment = new Amendment(UkTime.Day("2026-10-14"), "A day of mourning", BankHoliday: true, "key", Nine);
        Assert.True(await StoredCalendar.AmendAsync(_store, "suffolk", amendment, default));
        _rules.Refresh();
        Assert.Equal(1, await amending.ApplyAsync("suffolk", Nine, default));

        await WriteAsync(whole.Version + 1, whole.Document);
        Assert.Equal(2, await amending.ApplyAsync("suffolk", Nine, default));
        Assert.Equal(UkTime.At("2026-10-16"), (await Read(damaged)).Case.Stage.Deadline!.At);
        Assert.Equal(0, await amending.ApplyAsync("suffolk", Nine, default));

        async Task WriteAsync(long version, ReadOnlyMemory<byte> document) =>
            Assert.True(
                await _store.WriteAsync(new CaseWrite(damaged, version, document, _store.IndexOf(damaged)), default)
            );
    }

    [Fact]
    public async Task A_preview_lists_only_deadlines_that_still_run()
    {
        var runs = await OpenOneAsync("suffolk");
        var held = await OpenOneAsync("suffolk");
        await DoAsync(held, Commands.Hold(Sample.Raising));
        var ended = await OpenOneAsync("suffolk");
        await DoAsync(ended, Commands.Withdraw(Sample.Raising));
        var responded = await OpenOneAsync("suffolk");
        await DoAsync(responded, Commands.Skip(Sample.Raising, "5"));
        var c = (await Read(responded)).Case;
        await DoAsync(
            responded,
            Commands.Outcome(Sample.Policy("suffolk"), c, Outcomes.Responded, "suffolk", UkTime.Day("2026-10-12"))
        );
        Assert.NotNull((await Read(responded)).Case.Stage.RespondedAt);
        foreach (var day in new[] { "2026-10-13", "2026-10-14", "2026-10-15" })
            Assert.Equal([runs], await MovedAsync(day, Nine));
    }

    [Fact]
    public async Task A_closure_declared_on_the_day_that_a_final_stage_is_missed_moves_nothing()
    {
        var missed = await OpenOneAsync("suffolk-mash");
        await _handler.AdvanceAsync(missed, null, UkTime.At("2026-10-15 17:00"), default);
        var policy = Sample.Policy("suffolk-mash");
        var unhappy = Commands.Outcome(
            policy,
            (await Read(missed)).Case,
            Outcomes.Escalate,
            Sample.Raising,
            UkTime.Day("2026-10-15")
        );
        await DoAsync(missed, unhappy, UkTime.At("2026-10-15 17:00"));
        Assert.Equal([missed], await MovedAsync("2026-10-20", UkTime.At("2026-10-20 16:59")));
        await _handler.AdvanceAsync(missed, null, UkTime.At("2026-10-20 17:00"), default);
        Assert.NotNull((await Read(missed)).Case.Stage.MissedAt);
        Assert.Empty(await MovedAsync("2026-10-20", UkTime.At("2026-10-20 17:00")));
    }

    [Fact]
    public async Task The_index_forgets_the_similarity_key_at_the_end_and_retention_on_legal_hold()
    {
        var reference = (await Open()).Document.Case.Reference;
        Assert.Equal(
            ("like", (DateTimeOffset?)null),
            (_store.IndexOf(reference).SimilarityKey, _store.IndexOf(reference).RetainUntil)
        );
        await _handler.ExecuteAsync(
            reference,
            Commands.Withdraw(Sample.Raising) with
            {
                Id = "w",
                Stage = "1",
            },
            Nine,
            default
        );
        Assert.Equal(
            (null, Sample.KeptUntil),
            (_store.IndexOf(reference).SimilarityKey, _store.IndexOf(reference).RetainUntil)
        );
        await _handler.ExecuteAsync(
            reference,
            Commands.LegalHold("suffolk", true) with
            {
                Id = "l",
                Stage = "1",
            },
            Nine,
            default
        );
        Assert.Null(_store.IndexOf(reference).RetainUntil);
    }

    [Fact]
    public async Task The_index_finds_the_case_by_what_the_mail_service_called_a_notice_whatever_was_reported_of_it()
    {
        var opened = (await Open()).Document.Case;
        var (reference, notices) = (opened.Reference, opened.Notices);
        Assert.Equal((notices.Count, 0), Counted());
        Assert.Empty(_store.IndexOf(reference).Operations);

        var taken = notices.Select((n, i) => new Attempt(n.Key, $"op-{i}", null)).ToList();
        await _handler.RecordAttemptsAsync(reference, taken, Nine, default);
        string[] operations = [.. taken.Select(a => a.Operation!)];
        Assert.Equal(operations, _store.IndexOf(reference).Operations);
        Assert.Equal((0, 0), Counted());

        await _handler.RecordDeliveryAsync(reference, notices[0].Key, null, Nine, default);
        Assert.Equal(operations, _store.IndexOf(reference).Operations);
        await _handler.RecordDeliveryAsync(reference, notices[0].Key, "bounced", Nine, default);
        Assert.Equal(operations, _store.IndexOf(reference).Operations);
        Assert.Equal(1, Counted().Failed);

        (int Queued, int Failed) Counted() => (_store.IndexOf(reference).Queued, _store.IndexOf(reference).Failed);
    }

    [Fact]
    public async Task The_index_has_the_agencies_case_numbers_in_lower_case_and_after_the_removal_none()
    {
        var reference = (await Open()).Document.Case.Reference;
        Assert.Equal(["cs-2", "oak-1"], _store.IndexOf(reference).CaseNumbers.Order(StringComparer.Ordinal));
        await DoAsync(reference, Commands.Withdraw(Sample.Raising));
        await _handler.ForgetAsync(reference, Sample.KeptUntil, default);
        Assert.Empty(_store.IndexOf(reference).CaseNumbers);
        Assert.Null(_store.IndexOf(reference).RetainUntil);
    }

    private async Task<string> OpenOneAsync(string policy)
    {
        var open = Sample.Opening(policy) with { IntakeKey = Guid.NewGuid().ToString("N") };
        var opened = await _handler.OpenAsync(policy, open, true, open.IntakeKey, Nine, default);
        return Assert.IsType<Handled.Done>(opened).Document.Case.Reference;
    }

    private async Task DoAsync(string reference, CaseCommand command, DateTimeOffset? at = null)
    {
        command = command with { Id = Guid.NewGuid().ToString("N"), Stage = (await Read(reference)).Case.Stage.Id };
        Assert.IsType<Handled.Done>(await _handler.ExecuteAsync(reference, command, at ?? Nine, default));
    }

    /// <summary>The cases whose deadline a closure would move, as its preview says.</summary>
    private async Task<IEnumerable<string>> MovedAsync(string day, DateTimeOffset now)
    {
        var closure = new Amendment(UkTime.Day(day), "Closed", false, "key", now);
        return (
            await new Amending(_store, _store, _handler, _rules).PreviewAsync("suffolk", closure, now, default)
        ).Select(m => m.Reference);
    }

    private async Task<Handled.Done> Open(bool keyed = true) =>
        Assert.IsType<Handled.Done>(await OpenAsync(Nine, keyed: keyed));

    private Task<Handled> OpenAsync(DateTimeOffset now, Func<OpenCase, OpenCase>? change = null, bool keyed = true) =>
        _handler.OpenAsync("suffolk", (change ?? (o => o))(Sample.Opening("suffolk")), keyed, "like", now, default);

    private async Task<CaseDocument> Read(string reference) => (await _handler.ReadAsync(reference, default))!;
}
