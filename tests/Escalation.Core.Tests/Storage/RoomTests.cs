using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Storage;

/// <summary>What people may add to a case, and what is refused with <c>tooLarge</c> so that there is room for the rest.</summary>
public sealed class RoomTests
{
    private static readonly string LongText = new('x', 9_900);

    [Fact]
    public void Urgency_said_again_within_the_hour_is_recorded_and_mails_nobody_and_after_it_everybody()
    {
        var story = Opened();
        Assert.Equal("done", story.Do(Commands.Urgent(Sample.Raising)));
        Assert.Contains(story.LatestEvents, e => e is NoticeQueued { Kind: NoticeKinds.Urgent });
        foreach (var (minutes, mails) in new[] { (1, false), (59, false), (60, true), (119, false) })
        {
            story.Sleep(UkTime.Text(UkTime.At("2026-10-12 09:00").AddMinutes(minutes)));
            Assert.Equal("done", story.Do(Commands.Urgent(Sample.Raising)));
            Assert.Equal(mails ? null : true, story.LatestEvents.OfType<UrgentRaised>().Single().Repeated);
            Assert.Equal(mails, story.LatestEvents.Any(e => e is NoticeQueued { Kind: NoticeKinds.Urgent }));
        }
    }

    [Fact]
    public void Urgency_said_at_intake_counts_as_the_first_time()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00", o => o with { ImminentRisk = true });
        story.Do(Commands.Urgent(Sample.Raising));
        Assert.True(story.LatestEvents.OfType<UrgentRaised>().Single().Repeated);
    }

    [Fact]
    public void What_one_agency_says_stops_at_its_share_and_the_other_and_the_partnership_can_still_speak()
    {
        var story = Opened();
        Assert.InRange(Notes(story, Sample.Raising), 8, 10);
        Assert.Contains("96 KB", story.Refused!.Reason, StringComparison.Ordinal);
        Assert.InRange(Notes(story, Sample.Receiving), 8, 10);
        Assert.InRange(Notes(story, "suffolk"), 5, 7);
        Assert.Contains("256 KB", story.Refused!.Reason, StringComparison.Ordinal);
        Assert.Equal("done", story.Do(Commands.Urgent(Sample.Receiving)));
        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising));
    }

    [Fact]
    public void A_case_that_has_been_overdue_for_five_years_still_takes_a_note_a_month()
    {
        var story = Opened().Until("2026-10-30");
        for (var month = 1; month <= 60; month++)
        {
            story.Until(story.Now.AddMonths(1));
            Assert.Equal(
                "done",
                story.Do(Commands.Note(Sample.Raising, "Nothing has changed since the last note; the concern remains."))
            );
        }
        Assert.Equal(("5", CaseStatus.Open), (story.Case.Stage.Id, story.Case.Status));
    }

    [Fact]
    public void A_stage_takes_so_many_late_answers_from_a_person_and_from_an_agency_and_nothing_else_is_stopped()
    {
        var story = Opened();
        story.Record(Outcomes.Escalate, Sample.Raising);
        Assert.Equal("stageClosed stageClosed stageClosed tooLarge", Answers(4, i => Late(story, "link:a")));
        Assert.Contains("3 late answers from one person", story.Refused!.Reason, StringComparison.Ordinal);
        Assert.Equal("stageClosed stageClosed stageClosed tooLarge", Answers(4, i => Late(story, $"link:b{i}")));
        Assert.Contains("6 late answers from one agency", story.Refused!.Reason, StringComparison.Ordinal);
        Assert.Equal("stageClosed", story.Do(Outcome(story) with { By = Commands.By(Sample.Raising), Stage = "1" }));
        Assert.Equal("done", story.Do(Commands.Note(Sample.Receiving)));
        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising));
    }

    [Fact]
    public void Late_answers_count_towards_what_an_agency_may_say_and_stop_there()
    {
        var story = Opened();
        story.Record(Outcomes.Escalate, Sample.Raising);
        Assert.InRange(Notes(story, Sample.Receiving), 8, 10);
        var late = Outcome(story) with { Summary = LongText, Stage = "1", By = Commands.By(Sample.Receiving) };
        Assert.Equal("tooLarge", story.Do(late));
        Assert.Equal("stageClosed", story.Do(late with { By = Commands.By(Sample.Raising) }));
    }

    [Fact]
    public void The_repeat_of_a_late_answer_that_was_recorded_is_answered_as_it_was_and_counts_once()
    {
        var story = Opened();
        story.Record(Outcomes.Escalate, Sample.Raising);
        var late = Outcome(story) with { Id = "late", Stage = "1" };
        Assert.Equal("stageClosed stageClosed stageClosed stageClosed", Answers(4, _ => story.Do(late)));
        Assert.Single(story.Case.LateResponses);
    }

    [Fact]
    public void A_stage_takes_three_holds_from_one_person_and_the_next_stage_three_of_its_own()
    {
        var story = Opened();
        Assert.Equal("done done done tooLarge", Answers(4, _ => HeldAndResumed()));
        Assert.Contains("3 holds from one person", story.Refused!.Reason, StringComparison.Ordinal);
        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising));
        Assert.Equal("done", HeldAndResumed());

        string HeldAndResumed()
        {
            var answer = story.Do(Commands.Hold(story.Case.Partnership));
            if (answer == "done")
                Assert.Equal("done", story.Do(Commands.Resume(story.Case.Partnership)));
            return answer;
        }
    }

    [Fact]
    public void A_stage_takes_six_outcomes_and_six_disputes_from_one_person()
    {
        var (recorded, disputed) = (Opened(), Opened());
        Assert.Equal(
            "done done done done done done tooLarge",
            Answers(7, i => Recorded(recorded, "one", $"another {i}"))
        );
        Assert.Contains("6 outcomes from one person", recorded.Refused!.Reason, StringComparison.Ordinal);
        Assert.Equal(
            "done done done done done done tooLarge",
            Answers(7, i => Recorded(disputed, $"another {i}", "one"))
        );
        Assert.Contains("6 disputes from one person", disputed.Refused!.Reason, StringComparison.Ordinal);

        static string Recorded(CaseStory story, string by, string against)
        {
            var answer = story.Record(Outcomes.Resolved, Sample.Receiving, m => m with { Actor = by, Actions = [] });
            return answer == "done" ? story.Do(Commands.Dispute(Sample.Raising) with { Actor = against }) : answer;
        }
    }

    [Fact]
    public void A_stage_takes_six_hand_overs_from_one_person()
    {
        var (story, from) = (Opened(), "intake/raisedBy");
        Assert.Equal("done done done done done done tooLarge", Answers(7, HandedOn));
        Assert.Contains("6 hand-overs from one person", story.Refused!.Reason, StringComparison.Ordinal);

        string HandedOn(int i)
        {
            var answer = story.Do(Commands.HandOver(Sample.Raising, from, $"nel{i}@{Sample.Raising}.example.org"));
            from = story.Case.Contacts[^1].Id;
            return answer;
        }
    }

    [Fact]
    public void The_emails_of_a_stage_are_sent_again_five_times_by_one_person()
    {
        var story = Opened();
        Assert.Equal(
            "done done done done done tooLarge",
            Answers(6, _ => story.Do(Commands.SendAgain(Sample.Raising)))
        );
        Assert.Equal("done", story.Do(Commands.SendAgain(Sample.Raising) with { Actor = "link:another" }));
    }

    [Fact]
    public void The_texts_of_one_command_together_take_20_KB()
    {
        var story = Opened();
        Assert.Equal(
            "tooLarge",
            story.Record(
                Outcomes.Escalate,
                Sample.Raising,
                m => m with { Summary = LongText, Lessons = LongText, Comments = LongText }
            )
        );
        Assert.Contains("20 KB", story.Refused!.Reason, StringComparison.Ordinal);
        Assert.Empty(story.Latest);
        Assert.Equal(
            "done",
            story.Record(
                Outcomes.Escalate,
                Sample.Raising,
                m => m with { Summary = LongText, Lessons = new string('x', 9_000) }
            )
        );
    }

    [Fact]
    public void The_texts_of_an_intake_form_together_take_64_KB()
    {
        // A quote takes eight bytes where it is stored: as a text within a text.
        var quotes = new string('"', 9_000);
        var form = Sample.Opening("suffolk") with { Details = quotes };
        var (rules, now) = (Sample.Rules("suffolk"), UkTime.At("2026-10-12 09:00"));
        Assert.Equal(Codes.TooLarge, Assert.IsType<Decision.Refused>(CaseRoom.Try(form, rules, now)).Why.Code);
        Assert.IsType<Decision.Accepted>(CaseRoom.Try(form with { Details = quotes[..7_000] }, rules, now));
    }

    [Fact]
    public void Of_more_people_than_a_telling_has_room_for_the_first_of_each_agency_are_told_and_the_case_says_so()
    {
        var rules = Sample.Rules("suffolk");
        foreach (var agency in new[] { Sample.Raising, Sample.Receiving })
            rules = rules.With(agency, a => a with { Contacts = [.. a.Contacts, .. LineManagers(a.Id, 100)] });
        // Stage 3, which asks both agencies' line managers and safeguarding leads, opens on Friday 16 October at 17:00.
        var story = CaseStory
            .Open("suffolk", "2026-10-12 09:00", rules: rules)
            .Until("2026-10-16 16:00")
            .Until("2026-10-16 17:00");
        var told = story.LatestEvents.OfType<NoticeQueued>().Where(n => n.Kind == NoticeKinds.StageOpened).ToList();
        Assert.InRange(told.Count, 8, 30);
        Assert.InRange(
            told.Count(n => n.Agency == Sample.Raising) - told.Count(n => n.Agency == Sample.Receiving),
            -1,
            1
        );
        Assert.Equal(
            204 - told.Count,
            story.LatestEvents.OfType<PeopleLeftOut>().Single(e => e.Kind == NoticeKinds.StageOpened).People
        );
    }

    [Theory]
    [InlineData(7, null)]
    [InlineData(8, "must name 7 at most: a case keeps room for every one")]
    public void A_policy_has_as_many_stages_as_a_case_keeps_room_for(int stages, string? reason)
    {
        var document = OwnDocument.Of(
            "sefton",
            d =>
            {
                var list = d["stages"]!.AsArray();
                while (list.Count < stages)
                {
                    var stage = list[1]!.DeepClone();
                    stage["id"] = $"extra{list.Count}";
                    list.Insert(2, stage);
                }
            }
        );
        var faults = PolicyDocument.Read("own", System.Text.Encoding.UTF8.GetBytes(document)).Errors;
        Assert.Equal(reason, faults.SingleOrDefault(f => f.Field == "stages")?.Reason);
    }

    [Fact]
    public async Task A_case_names_at_most_twenty_possible_duplicates()
    {
        var store = new MemoryStore();
        foreach (var agency in Sample.Directory("suffolk").Agencies)
            await StoredDirectory.WriteAsync(store, "suffolk", agency, 0, default);
        var handler = new CaseHandler(store, store, new RuleBook(store), new Unwoken(), () => new byte[16]);
        Handled last = new Handled.Missing();
        for (var i = 0; i <= 25; i++)
        {
            var form = Sample.Opening("suffolk") with { IntakeKey = $"key-{i}" };
            last = await handler.OpenAsync("suffolk", form, true, "alike", UkTime.At("2026-10-12 09:00"), default);
        }
        Assert.Equal(20, Assert.IsType<Handled.Done>(last).Document.Case.PossibleDuplicates.Count);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("\"")]
    [InlineData("中")]
    [InlineData("\u0378")]
    public void A_notice_takes_no_more_than_was_kept_for_it_however_long_the_name_it_goes_to(string letter)
    {
        var name = string.Concat(Enumerable.Repeat(letter, 200));
        var rules = Sample
            .Rules("surrey-adults-risk")
            .With(
                Sample.Raising,
                a =>
                    a with
                    {
                        Contacts =
                        [
                            .. a.Contacts.Select(x =>
                                x with
                                {
                                    Name = name,
                                    Role = name,
                                    Email = $"{new string('l', 64)}@{Longest(letter)}",
                                }
                            ),
                        ],
                    }
            );
        var story = CaseStory.Open("surrey-adults-risk", "2026-10-12 09:00", rules: rules, mailWorks: false);
        var (kept, notices, opened) = (story.Case.NoticeBytes, story.Case.Notices, DocumentSize.Of(story.Document));
        foreach (var notice in notices)
            story.Sent(notice, new string('0', 64)).Delivered(notice);
        var told = story.Case.Notices.First(n =>
            n.Queued.Contact.StartsWith($"{Sample.Raising}/", StringComparison.Ordinal)
        );
        Assert.StartsWith(string.Concat(Enumerable.Repeat(letter, 20)), told.To!.Name, StringComparison.Ordinal);
        var taken = DocumentSize.Of(story.Document) - opened;
        foreach (var notice in notices)
            story.Bounce(notice);
        var others = story
            .History.Where(e => IsQueuedOrFailed(e.Event, notices))
            .Select(e => story.Document.Events[e.Number - 1]);
        taken += others.Sum(text => CaseSize.Of(System.Text.Encoding.UTF8.GetBytes(text)));
        Assert.InRange(taken, kept / 2, kept);
    }

    private static bool IsQueuedOrFailed(CaseEvent e, IEnumerable<Notice> notices) =>
        notices.Any(n => n.Key == (e as NoticeQueued)?.Key || n.Key == (e as NoticeFailed)?.Key);

    private static string Longest(string letter) =>
        letter is "x" or "\""
            ? string.Join('.', Enumerable.Repeat(new string('d', 60), 3)) + ".org"
            : string.Join('.', Enumerable.Repeat(new string('中', 30), 5)) + ".org";

    [Fact]
    public void A_delay_of_mail_that_lasts_a_year_is_said_each_three_days_then_each_thirty()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00", mailWorks: false);
        var since = story.Now;
        for (var day = 1; day <= 365; day++)
            story.Delayed(since, since.AddDays(day));
        var said = story.History.Where(e => e.Event is MailDelayed).Select(e => (e.At - since).Days);
        Assert.Equal([3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330, 360], said);
    }

    private sealed class Unwoken : IWaker
    {
        public ValueTask WakeAsync(string reference, DateTimeOffset? next, CancellationToken cancel) =>
            ValueTask.CompletedTask;
    }

    [Fact]
    public void With_twenty_agencies_beside_the_one_that_raises_the_concern_each_is_told()
    {
        var rules = Sample.Rules("surrey-adults-risk");
        string[] ids = [.. Enumerable.Range(1, 20).Select(i => $"agency-{i}")];
        rules = rules with
        {
            Directory = rules.Directory with { Agencies = [.. rules.Directory.Agencies, .. ids.Select(Listed)] },
        };
        var involved = ids.Select(id => Sample.Practitioner(id, "Pat Person"));
        var story = CaseStory.Open(
            "surrey-adults-risk",
            "2026-10-12 09:00",
            o => o with { Involved = [.. involved] },
            rules
        );
        var asked = story
            .Case.Notices.Where(n => n.Queued.Kind == NoticeKinds.StageOpened)
            .Select(n => n.Queued.Agency);
        Assert.Superset(ids.ToHashSet(), asked.ToHashSet());
        Assert.DoesNotContain(story.History, e => e.Event is PeopleLeftOut);
    }

    private static Agency Listed(string id) => Sample.Agency(id, $"The {id}", KnownTiers.OfAgencies);

    private static IEnumerable<Contact> LineManagers(string agency, int count) =>
        Enumerable.Range(1, count).Select(i => Sample.Contact(agency, $"more{i}") with { Tiers = [Tiers.LineManager] });

    private static CaseStory Opened() => CaseStory.Open("suffolk", "2026-10-12 09:00");

    private static int Notes(CaseStory story, string by)
    {
        var taken = 0;
        while (story.Do(Commands.Note(by, LongText)) == "done")
            taken++;
        Assert.Equal(Codes.TooLarge, story.Refused!.Code);
        return taken;
    }

    private static RecordOutcome Outcome(CaseStory story) =>
        Commands.Outcome(story.Rules.Policy, story.Case, Outcomes.Escalate, Sample.Receiving, UkTime.DayOf(story.Now));

    private static string Late(CaseStory story, string actor) =>
        story.Do(Outcome(story) with { Stage = "1", Actor = actor });

    private static string Answers(int times, Func<int, string> does) =>
        string.Join(' ', Enumerable.Range(1, times).Select(does));
}
