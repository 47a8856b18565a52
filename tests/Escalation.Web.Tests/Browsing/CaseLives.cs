using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;

namespace Escalation.Web.Tests.Browsing;

/// <summary>Lives of cases in which, together, everything happens that their pages can tell.</summary>
internal static class CaseLives
{
    private static readonly string[] Agencies = [World.Raising, World.Receiving];

    /// <summary>Everything that an intake form asks.</summary>
    public static OpenCase FullIntake(OpenCase open) =>
        open with
        {
            RaisedAt = World.At("2026-12-22T15:00:00Z"),
            Nature = ["informationSharing", "driftOrDelay", "other"],
            NatureOther = "They do not ring back",
            Concern = "The plan is not followed",
            Details = "Nobody visited in three weeks.",
            Evidence = "The visiting log",
            OutcomeSought = "A visit a week",
            Circumstances = ["childProtectionPlan", "lookedAfter"],
            Named = new Dictionary<string, PersonName>
            {
                ["independentReviewingOfficer"] = new PersonName(
                    "Iris Officer",
                    "IRO",
                    "iris@childrens-trust.example.org"
                ),
            },
            Others =
            [
                new OtherPerson("Uma Uncle", "Uncle", null),
                new OtherPerson("Polly Police", "Constable", World.Receiving),
            ],
            Supporting = ["Chronology", "Minutes of the core group"],
            Fields = new Dictionary<string, string>
            {
                ["levelOfNeed"] = "childInNeed",
                ["levelOfNeed.legalStatus"] = "Section 17",
                ["perceivedLevelOfNeed"] = "childProtection",
                ["perceivedLevelOfNeed.legalStatus"] = "Section 47",
            },
            RaisedBy = open.RaisedBy! with
            {
                Manager = new IntakeManager("Mona Manager", "mona@oak-primary.example.org"),
            },
        };

    public static OpenCase OnAPlan(OpenCase open) =>
        open with
        {
            Circumstances = ["childProtectionPlan"],
            Nature = ["childProtectionConference"],
        };

    public static OpenCase Urgent(OpenCase open) =>
        open with
        {
            ImminentRisk = true,
            Person = new Person("family", null, null, null),
        };

    public static OpenCase WithLevelOfNeed(OpenCase open) =>
        open with
        {
            Fields = new Dictionary<string, string> { ["levelOfNeed"] = "She needs a social worker." },
        };

    /// <summary>Of another mail domain, and of an agency that is not in the directory and gave no address.</summary>
    public static OpenCase WithStrangers(OpenCase open) =>
        open with
        {
            ReceivedBy =
            [
                open.ReceivedBy[0] with
                {
                    Email = "ravi@elsewhere.example.com",
                },
                new IntakePerson("other", "Sunny Nursery", "Nora Nursery", null, null, null, null),
            ],
        };

    public static async Task ConfirmedAsync(PageDiary diary)
    {
        await diary.StepAsync("Raised");
        await diary.FormsAsync();
        await diary.DoAsync(Commands.Note(World.Receiving, "We look at it."));
        await diary.DoAsync(Commands.ContactMade(World.Raising));
        await diary.StepAsync("A note, and contact was made");
        await diary.AnswerAsync("informal", Side.Raising, "handOver", ("name", "Nel New"));
        await diary.StepAsync("Handed over");
        await diary.UntilAsync("2026-12-24T10:00:00Z");
        await diary.StepAsync("At stage 1");
        await diary.AnswerAsync("1", Side.Receiving, "record", ("outcome", "resolved"));
        await diary.StepAsync("Agreed");
        await diary.FormsAsync();
        await diary.AnswerAsync("1", Side.Raising, "record", ("answer", "confirm"));
        await diary.StepAsync("Confirmed");
        var duty = (await diary.ReadAsync()).Duties[0];
        await diary.DoAsync(Commands.Complete(duty.Owner, duty.Id, "2026-12-24"));
        await diary.DoAsync(Commands.Review("sandwell") with { ReceivedOn = new DateOnly(2026, 12, 24) });
        await diary.DoAsync(Commands.LegalHold("sandwell", true));
        await diary.StepAsync("A duty is done, the business manager's part filled in, and the case on legal hold");
        await diary.UntilAsync("2027-01-12T10:00:00Z");
        await diary.StepAsync("Duties are overdue");
        await diary.UntilAsync("2027-02-01T10:00:00Z");
        await diary.StepAsync("Links lapsed");
        await diary.RecordAsync();
    }

    public static async Task HeldAsync(PageDiary diary)
    {
        await diary.StepAsync("Raised");
        await diary.FormsAsync();
        await diary.DoAsync(Commands.Hold(World.Receiving));
        await diary.StepAsync("A hold is asked for");
        await diary.DoAsync(Commands.Hold(World.Raising));
        await diary.StepAsync("Held");
        await diary.FormsAsync();
        await diary.UntilAsync("2026-10-19T08:30:00Z");
        await diary.StepAsync("The review is due");
        await diary.DoAsync(Commands.Resume(World.Raising));
        await diary.StepAsync("Reviewed in agreement");
        await diary.UntilAsync("2026-10-22T16:30:00Z");
        await diary.StepAsync("At stage 2, of the raising agency alone");
        await diary.FormsAsync();
        await diary.DoAsync(Commands.Hold("suffolk"));
        await diary.DoAsync(Commands.Resume(World.Raising, "unresolved"));
        await diary.StepAsync("Held and unresolved");
        await diary.DoAsync(Commands.Hold("suffolk"));
        await diary.StepAsync("Held again");
        await diary.AnswerAsync("4", Side.Raising, "record", ("outcome", "escalate"));
        await diary.StepAsync("Escalated from the hold");
        await diary.AnswerAsync("5", Side.Partnership, "record", ("outcome", "responded"));
        await diary.StepAsync("A response");
        await diary.UntilAsync("2026-11-03T10:00:00Z");
        await diary.StepAsync("Brought up again");
        await diary.DoAsync(
            World.Outcome("5", "decided", "suffolk", new DateOnly(2026, 11, 3)) with
            {
                Chair = World.Chair,
            }
        );
        await diary.StepAsync("Decided");
        await diary.RecordAsync();
    }

    public static async Task DisputedAsync(PageDiary diary)
    {
        await diary.StepAsync("Raised");
        await diary.AnswerAsync("1", Side.Receiving, "record", ("outcome", "resolved"));
        await diary.StepAsync("Agreed");
        await diary.AnswerAsync("1", Side.Raising, "record", ("answer", "dispute"));
        await diary.StepAsync("Disputed");
        await diary.UntilAsync("2026-10-15T17:00:00Z");
        await diary.AnswerAsync("1", Side.Receiving, "record", ("outcome", "escalate"));
        await diary.AnswerAsync(
            "1",
            Side.Receiving,
            "record",
            ("outcome", "resolved"),
            ("summary", "Agreed after all.")
        );
        await diary.StepAsync("Two late answers");
        var late = (await diary.ReadAsync()).LateResponses[^1];
        await diary.AnswerAsync("2", Side.Raising, "adopt", ("late", $"{late.Number}"));
        await diary.StepAsync("One is adopted");
        await diary.AnswerAsync("1", Side.Receiving, "record", ("outcome", "escalate"), ("summary", "And yet."));
        await diary.StepAsync("A late answer after that");
        await diary.RecordAsync();
    }

    public static async Task NeverConfirmedAsync(PageDiary diary)
    {
        await diary.StepAsync("Raised");
        await diary.AnswerAsync("informal", Side.Receiving, "record", ("outcome", "resolved"));
        await diary.DoAsync(Commands.Urgent(World.Raising));
        await diary.StepAsync("Agreed, and imminent risk reported");
        await diary.UntilAsync("2026-12-29T17:30:00Z");
        await diary.StepAsync("Never confirmed");
        await diary.DoAsync(Commands.SendAgain("sandwell"));
        await diary.StepAsync("Sent again");
        await diary.DoAsync(Commands.Withdraw(World.Raising));
        await diary.StepAsync("Withdrawn");
    }

    public static async Task MissedAsync(PageDiary diary)
    {
        await diary.StepAsync("Raised under imminent risk");
        await diary.UntilAsync("2027-01-05T10:00:00Z");
        await diary.StepAsync("At stage 2");
        await diary.UntilAsync("2027-01-19T10:00:00Z");
        await diary.StepAsync("At the last stage");
        await diary.UntilAsync("2027-01-28T18:00:00Z");
        await diary.StepAsync("Overdue");
        await diary.UntilAsync("2027-02-01T18:00:00Z");
        await diary.DoAsync(Commands.Note(World.Raising));
        await diary.StepAsync("Overdue again, and a note");
        await diary.AnswerAsync("4", Side.Partnership, "record", ("outcome", "decided"));
        await diary.StepAsync("Decided");
        await diary.UntilAsync("2027-03-10T10:00:00Z");
        await diary.StepAsync("Five weeks later");
    }

    public static async Task OtherConfirmsAsync(PageDiary diary)
    {
        await diary.StepAsync("Raised");
        await diary.AnswerAsync("1", Side.Raising, "record", ("outcome", "escalate"));
        await diary.StepAsync("At stage 2");
        await diary.AnswerAsync("2", Side.Raising, "record", ("outcome", "resolved"));
        await diary.StepAsync("The agency that raised it recorded an agreement");
        await diary.AnswerAsync("2", Side.Receiving, "record", ("answer", "confirm"));
        await diary.StepAsync("The other one confirmed");
    }

    public static async Task NoLongerDisagreesAsync(PageDiary diary)
    {
        await diary.StepAsync("Raised");
        await diary.AnswerAsync("1", Side.Raising, "record", ("outcome", "noLongerDisagrees"));
        await diary.StepAsync("No longer disagrees");
    }

    public static async Task ChairAsync(PageDiary diary)
    {
        await diary.StepAsync("Raised");
        await diary.UntilAsync("2026-10-21T10:00:00Z");
        await diary.StepAsync("At step 4");
        await diary.FormsAsync();
        await diary.AnswerAsync("4", Side.Partnership, "record", ("outcome", "decided"));
        await diary.StepAsync("Decided");
        await diary.RecordAsync();
    }

    public static async Task RiskAsync(PageDiary diary)
    {
        await diary.StepAsync("Raised");
        await diary.AnswerAsync("1", Side.Raising, "record", ("outcome", "escalate"));
        await diary.StepAsync("With the Board manager");
        await diary.AnswerAsync("2", Side.Partnership, "record", ("outcome", "registered"));
        await diary.StepAsync("Registered");
        await diary.RecordAsync();
    }

    public static async Task NoLimitAsync(PageDiary diary)
    {
        await diary.StepAsync("Raised");
        await diary.UntilAsync("2026-10-14T17:30:00Z");
        await diary.StepAsync("At stage two, without a limit of its own");
        await diary.UntilAsync("2026-10-23T10:00:00Z");
        await diary.StepAsync("Overdue at stage three");
        await diary.DoAsync(
            World.Outcome("3", "resolved", "berkshire-west", new DateOnly(2026, 10, 23)) with
            {
                Chair = World.Chair,
            }
        );
        await diary.StepAsync("The business manager recorded an agreement");
    }

    public static async Task SkippedAsync(PageDiary diary)
    {
        await diary.StepAsync("Raised");
        await diary.DoAsync(Commands.Skip(World.Raising, "4"));
        await diary.StepAsync("Skipped to stage 4");
        await StoredCalendar.AmendAsync(
            diary.World.Store,
            "suffolk",
            new Amendment(new DateOnly(2026, 10, 14), "The offices are flooded", false, "test", diary.World.Now),
            default
        );
        diary.World.Book.Refresh();
        await diary.World.AdvanceAsync(diary.Reference, "2026-10-12T12:00:00Z");
        await diary.StepAsync("A closure within the time");
    }

    /// <summary>The traffic of emails and the health of the installation are looked at too.</summary>
    public static async Task FailingAsync(PageDiary diary)
    {
        diary.ShowsTraffic = true;
        diary.Post.Answer = email =>
            email.ToAddress.StartsWith("rosa", StringComparison.Ordinal)
                ? new MailResult.Refused("badAddress")
                : new MailResult.Taken("operation");
        await diary.StepAsync("Raised; the email to who raised it is refused");
        var waiting = (await diary.ReadAsync()).Contacts.First(c => c.Reachable && !c.Accepted);
        await diary.DoAsync(Commands.Accept("sandwell", waiting.Id));
        await diary.StepAsync("The address from elsewhere is accepted");
        var sent = (await diary.ReadAsync()).Notices.Last(n => n.Status == NoticeState.Sent);
        await diary.World.Handler.RecordDeliveryAsync(
            diary.Reference,
            sent.Key,
            "hardBounce",
            diary.World.Now,
            default
        );
        await diary.StepAsync("It bounces");
        await ChangeAsync(diary, World.Raising, AwayWithADeputy);
        await diary.UntilAsync("2026-12-24T10:00:00Z");
        await diary.StepAsync("At stage 1, with a line manager away");
        await ChangeAsync(diary, World.Receiving, Renamed);
        var added = Commands.ChangeContact("sandwell", null, World.Receiving, "director");
        await diary.DoAsync(added);
        await diary.StepAsync("A contact is renamed in the directory, and another added for a later stage");
        diary.Post.Answer = _ => new MailResult.Down(MailFaults.SignIn);
        await diary.DoAsync(Commands.SendAgain("sandwell"));
        await diary.StepAsync("No email can be sent");
        diary.Post.Answer = _ => new MailResult.Taken("operation");
        await diary.UntilAsync("2026-12-24T11:00:00Z");
        await diary.StepAsync("Emails go out again");
        var stored = (await diary.World.Store.ReadAsync(diary.Reference, default))!;
        var later = diary.World.Now.AddHours(1);
        await diary.World.Store.DeferAsync(diary.Reference, stored.Version, later, 3, default);
        await diary.StepAsync("The case could not be advanced");
        diary.World.Now = World.At("2026-12-30T12:00:00Z");
        await diary.StepAsync("A reminder is due, and nothing wakes the case");
        foreach (var agency in Agencies.Append("sandwell"))
            await ChangeAsync(diary, agency, a => a with { Contacts = [] });
        await diary.UntilAsync("2027-01-04T10:00:00Z");
        await diary.StepAsync("At stage 2, with nobody in the directory");
        await diary.EmailsAsync();
    }

    private static Agency AwayWithADeputy(Agency agency) =>
        agency with
        {
            Contacts =
            [
                .. agency.Contacts.Select(c =>
                    c.Id == Tiers.LineManager
                        ? c with
                        {
                            Deputy = "director",
                            Absences = [new Absence(new DateOnly(2026, 12, 23), new DateOnly(2026, 12, 31))],
                        }
                        : c
                ),
            ],
        };

    private static Agency Renamed(Agency agency) =>
        agency with
        {
            Contacts = [.. agency.Contacts.Select(c => c.Id == Tiers.LineManager ? c with { Name = "Lena Later" } : c)],
        };

    private static async Task ChangeAsync(PageDiary diary, string agency, Func<Agency, Agency> change)
    {
        var (store, none) = (diary.World.Store, CancellationToken.None);
        var (entry, version) = (await StoredDirectory.ReadAsync(store, "sandwell", agency, none))!.Value;
        Assert.True(await StoredDirectory.WriteAsync(store, "sandwell", change(entry), version, none));
        diary.World.Book.Refresh();
    }
}
