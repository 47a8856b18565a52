using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;
using Escalation.Web.Api;
using Escalation.Web.CasePages;
using Escalation.Web.Site.SignIn;

namespace Escalation.Web.Tests.CasePages;

/// <summary>Every type of event has a sentence.</summary>
public sealed class EventWordsTests
{
    private static readonly Caller Manager = new("key:m", Roles.BusinessManager, "suffolk", null, "Mel");
    private static readonly DateTimeOffset At = UkTime.At("2026-10-12 09:00");
    private static readonly Deadline Deadline = new(
        At.AddDays(3),
        LimitKind.Maximum,
        new Explanation("basis", "rule", [], [], null, "calendar", null),
        1
    );
    private static readonly CaseContact New = new(
        "handed/9",
        Side.Raising,
        Sample.Raising,
        "lineManager",
        true,
        false,
        "intake/raisedBy"
    );

    private static readonly Dictionary<CaseEvent, string> Said = new()
    {
        {
            new CaseOpened(
                "SUF-7K3M-Q9XA",
                "suffolk",
                "suffolk",
                1,
                "",
                At,
                "child",
                [new(Side.Raising, Sample.Raising), new(Side.Receiving, Sample.Receiving)],
                [],
                [],
                true,
                [],
                [],
                ""
            ),
            "Oak Primary School raised a concern with Children's Services. Imminent risk was reported."
        },
        {
            new StageOpened("1", OpenedBecause.Raised, Deadline, []),
            "Stage 1 opened, because the concern was raised. To be answered by 9am Thursday 15 October 2026 (maximum)."
        },
        {
            new StageClosed("1", StageEnding.Escalated, ClosedBy.Deadline, true, true),
            "Stage 1 closed: escalated by its deadline. None of its people had been sent their email."
        },
        {
            new StagesSkipped("1", "4", ["2", "3"], Sample.Raising),
            "The case went from stage 1 straight to stage 4, for Oak Primary School. Passed over: stage 2, stage 3."
        },
        {
            new LedToPolicy("1", "suffolk", 4, "", Sample.Raising),
            "Oak Primary School took the case from stage 1 to another procedure: Multi-Agency Escalation Process, version 4."
        },
        {
            new OutcomeRecorded(
                "1",
                "resolved",
                Side.Receiving,
                Sample.Receiving,
                "phone",
                new(2026, 10, 12),
                At,
                true,
                [Side.Raising],
                At.AddDays(1),
                [],
                false,
                null,
                null,
                null,
                null
            ),
            "Children's Services recorded the outcome of stage 1: "
                + "resolved by agreement (by phone, discussed on Monday 12 October 2026). "
                + "It waits for confirmation by Oak Primary School until Tuesday 13 October 2026 at 9am."
        },
        {
            new OutcomeConfirmed("1", Side.Raising, Sample.Raising),
            "Oak Primary School confirmed the agreed outcome of stage 1."
        },
        {
            new ContactDisputed("1", Sample.Raising, Deadline, []),
            "Oak Primary School said that the contact at stage 1 did not happen: "
                + "its time limit stands as before, Thursday 15 October 2026 at 9am."
        },
        {
            new LimitMet("1", LimitFor.Contact, Sample.Raising, Deadline, []),
            "Stage 1: contact was made, which meets its time limit for that. To be answered by 9am Thursday 15 October 2026 (maximum)."
        },
        {
            new LimitMet("1", LimitFor.Referral, Sample.Raising, null, []),
            "Stage 1: the matter was referred, which meets its time limit for that. No time limit runs: it waits for a person."
        },
        {
            new OutcomeDisputed("1", Side.Raising, Sample.Raising),
            "Oak Primary School disputed the outcome recorded at stage 1: it does not count as agreed."
        },
        {
            new LateResponseRecorded(
                "1",
                "escalate",
                Side.Receiving,
                Sample.Receiving,
                "phone",
                new(2026, 10, 12),
                At,
                true,
                "3"
            ),
            "Children's Services sent an answer to stage 1 after that stage had closed: "
                + "not agreed, escalated (by phone, discussed on Monday 12 October 2026). "
                + "It was recorded as a late answer and moved nothing. "
                + "The case was at stage 3, whose people were told. It arrived before that stage's deadline."
        },
        {
            new DeadlineMissed("1", At, false, false),
            "The deadline of stage 1 passed on Monday 12 October 2026 at 9am without an outcome. "
                + "The case moved up by itself, by a local setting; no person decided that."
        },
        {
            new DeadlineMoved("1", At, Deadline, []),
            "The deadline of stage 1 moved from Monday 12 October 2026 at 9am "
                + "to Thursday 15 October 2026 at 9am, because the calendar changed."
        },
        { new ReminderDue("1", At, null), "The people of stage 1 were reminded." },
        {
            new OverdueTold("5", At),
            "The people of stage 5 and the business manager were told that the case is overdue; "
                + "they are told again on Monday 12 October 2026 at 9am."
        },
        {
            new DateSet("1", Sample.Raising, "agreed", new(new(2026, 10, 19), null), Deadline, []),
            "Oak Primary School set the day of “agreed”: Monday 19 October 2026. "
                + "To be answered by 9am Thursday 15 October 2026 (maximum)."
        },
        {
            new HoldAsked("1", Sample.Receiving, new(2026, 10, 19)),
            "Children's Services asked to put stage 1 on hold (Stop and Review), to be reviewed on Monday 19 October 2026. "
                + "The clock goes on unless the agency that raised the concern, or the partnership, agrees."
        },
        {
            new HoldPlaced("1", Sample.Raising, new(2026, 10, 19), At, null),
            "Oak Primary School put stage 1 on hold (Stop and Review), to be reviewed on Monday 19 October 2026."
        },
        { new HoldReviewDue("1", At, At), "The hold of stage 1 was due for review." },
        {
            new HoldEnded("1", HoldEnding.Unresolved, 1, Deadline, []),
            "The hold of stage 1 ended (the review ended unresolved) after 1 working day. To be answered by 9am Thursday 15 October 2026."
        },
        { new CaseWithdrawn(Sample.Raising), "Oak Primary School withdrew the escalation." },
        {
            new CaseEnded("decided", "decided", "5", At),
            "The case ended: decided. Its personal data is kept until Monday 12 October 2026."
        },
        {
            new ContactMade("1", Sample.Raising),
            "Oak Primary School said that contact was made at stage 1: its reminders stop but for the last."
        },
        {
            new UrgentRaised(Sample.Raising),
            "Oak Primary School reported imminent risk. The urgent contacts were told at once."
        },
        {
            new UrgentRaised(Sample.Raising, Repeated: true),
            "Oak Primary School reported imminent risk again. The urgent contacts had been told within the hour: nobody was emailed."
        },
        {
            new HandedOver("1", "intake/raisedBy", New),
            "Rae Raiser (Oak Primary School) handed stage 1 over to Oak Primary School. "
                + "The address is outside the agency's domains and waits for the business manager to accept it."
        },
        {
            new ContactChanged("intake/raisedBy", New),
            "Oak Primary School takes the place of Rae Raiser (Oak Primary School)."
        },
        { new ContactChanged(null, New), "Oak Primary School was added as a contact (Line or team manager)." },
        { new ContactAccepted("intake/raisedBy"), "The address of Rae Raiser was accepted." },
        { new NoteAdded(Sample.Raising), "Oak Primary School added a note." },
        { new SentAgain("1"), "The emails of stage 1 were sent again." },
        {
            new PartnershipReviewed(new(2026, 10, 12), false),
            "The business manager's part of the form was recorded: received on Monday 12 October 2026, not referred to the chair."
        },
        {
            new DutyArose("x-1", "x", Sample.Raising, null, At, null, 1),
            "A duty arose for Oak Primary School: a duty of this case, by Monday 12 October 2026 at 9am."
        },
        { new DutyReminded("x-1"), "Reminded of a duty: a duty of this case." },
        { new DutyOverdue("x-1"), "A duty is overdue: a duty of this case." },
        {
            new DutyDone("x-1", new(2026, 10, 12), false),
            "A duty was done on Monday 12 October 2026, late: a duty of this case."
        },
        {
            new NoticeQueued(
                "k",
                "reminder",
                1,
                "intake/raisedBy",
                Sample.Raising,
                Side.Raising,
                "1",
                NoticeAction.None,
                null,
                "lineManager"
            ),
            "An email to Rae Raiser (Oak Primary School) was queued: reminder (in place of Line or team manager, which has no contact)."
        },
        { new NoticeSent("k", null), "An email was sent." },
        { new NoticeDelivered("k"), "An email was delivered." },
        { new NoticeFailed("k", "bounced"), "An email did not arrive because it came back." },
        { new NoticeSuperseded("k"), "An email was not sent: it was no longer needed." },
        {
            new NobodyToTell("stageOpened", Sample.Receiving, "lineManager+safeguardingLead", "2", "stage 4"),
            "Children's Services has nobody to tell "
                + "(Line or team manager or Named or designated safeguarding lead): "
                + "the email went to the people of stage 4."
        },
        {
            new PeopleLeftOut("reminder", 2, "1"),
            "2 more people could not be emailed (reminder): the case has room for so many emails only, "
                + "and of each agency the first were told."
        },
        {
            new MailDelayed("2", "signIn", new(2026, 12, 23, 10, 0, 0, TimeSpan.Zero)),
            "No email of this case could be sent since Wednesday 23 December 2026 at 10am, because the mail server refuses the sign-in. "
                + "Nobody is counted as not reached: everything goes out once that is mended."
        },
        { new LegalHoldChanged(true), "The case was put on legal hold: nothing of it is removed." },
        {
            new PersonalDataRemoved(),
            "The retention period has ended: names, addresses, texts and reasons were removed. The chain of events still checks."
        },
        {
            new UnknownEvent("somethingNew"),
            "A newer version of the program recorded an event of the type 'somethingNew', "
                + "which this version does not know. "
                + "The case can be read, and not changed, until the program is updated."
        },
    };

    public static TheoryData<string> Sentences { get; } = [.. Said.Values];

    [Theory]
    [MemberData(nameof(Sentences))]
    public void An_event_is_said_in_a_sentence(string sentence)
    {
        var happened = Said.Single(s => s.Value == sentence).Key;
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        var reading = new CaseReading(new SeenCase(story.As(null), story.Document, story.Rules), Manager, At);
        Assert.Equal(
            sentence,
            EventWords.Sentence(reading, new PlacedEvent(new Recorded(1, At, happened, null), null, null))
        );
    }

    [Theory]
    [InlineData(Sample.Raising, "2", "The case was at stage 2, whose people were told.")]
    [InlineData(Sample.Receiving, "2", "The case had moved on.")]
    [InlineData(Sample.Receiving, "3", "The case was at stage 3, whose people were told.")]
    [InlineData(Sample.Receiving, null, "The case had ended.")]
    public void A_late_answer_names_the_present_stage_to_those_alone_who_may_know_of_it(
        string agency,
        string? present,
        string where
    )
    {
        var late = new LateResponseRecorded(
            "1",
            "escalate",
            Side.Receiving,
            Sample.Receiving,
            "phone",
            new(2026, 10, 12),
            At,
            false,
            present
        );
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        var caller = new Caller("key:p", Roles.Practitioner, "suffolk", agency, "Pat");
        var reading = new CaseReading(new SeenCase(story.As(agency), story.Document, story.Rules), caller, At);
        var sentence = EventWords.Sentence(reading, new PlacedEvent(new Recorded(1, At, late, null), null, null));
        Assert.EndsWith($" moved nothing. {where}", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_type_of_event_is_stated() =>
        Assert.Equal(
            typeof(CaseEvent)
                .Assembly.GetTypes()
                .Where(t => t.IsSubclassOf(typeof(CaseEvent)))
                .Select(t => t.Name)
                .Order(StringComparer.Ordinal),
            Said.Keys.Select(e => e.GetType().Name).Distinct().Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Every_kind_of_notice_has_words() =>
        Assert.All(
            Core.Cases.NoticeKinds.All.Where(k => k != "reminder"),
            k => Assert.NotEqual(k, NoticeWords.Kind(k))
        );
}
