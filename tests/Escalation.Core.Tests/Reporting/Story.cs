using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Core.Tests.Calendars;

namespace Escalation.Core.Tests.Reporting;

/// <summary>A case told step by step, at London times ("2026-12-23 10:00"), as the store would keep it.</summary>
internal sealed class Story
{
    public const string Raiser = "oak",
        Receiver = "trust",
        ThirdAgency = "police",
        Child = "Ada Example",
        Professional = "Bea Example";
    private int _commands;

    public Rules Rules { get; }

    public Story(
        string policy,
        string raised,
        string reference = "TST-0001",
        Func<OpenCase, OpenCase>? change = null,
        (string Agency, string Tier)? without = null
    )
    {
        var found = PolicyCatalogue.BuiltIn.Find(policy)!;
        Rules = new Rules(found, London.Calendar, DirectoryFor(found, without));
        var open = new OpenCase
        {
            Reference = reference,
            IntakeKey = "intake",
            Actor = "intake",
            Person = new Person(found.Parties.PersonKinds[0], Child, new DateOnly(2015, 12, 24), "1 Example Street"),
            RaisedBy = new IntakePerson(Raiser, null, Professional, "Teacher", "all@oak.example.org", "OAK-7", null),
            ReceivedBy =
            [
                new IntakePerson(Receiver, null, "Cy Example", "Social worker", "all@trust.example.org", "T-9", null),
            ],
            Details = "The threshold was not agreed.",
        };
        Take(Decisions.Open(change?.Invoke(open) ?? open, "digest", Rules, London.At(raised)));
    }

    public CaseDocument Document { get; private set; } = null!;

    /// <summary>Sandwell over Christmas: every deadline missed, each carried out at its own instant.</summary>
    public static Story Unanswered() =>
        new Story("sandwell", "2026-12-23 10:00").Advance(
            "2026-12-24 10:00",
            "2026-12-31 17:00",
            "2027-01-08 17:00",
            "2027-01-15 17:00",
            "2027-01-26 17:00"
        );

    public Story Advance(params string[] at)
    {
        foreach (var instant in at)
            Take(Decisions.Advance(Document.Case, Rules, London.At(instant)));
        return this;
    }

    public Story Outcome(
        string at,
        string outcome,
        string agency = Raiser,
        string? stage = null,
        Func<RecordOutcome, RecordOutcome>? change = null
    )
    {
        var said = new RecordOutcome
        {
            Id = NextId(),
            Actor = "key:1",
            Stage = stage ?? Document.Case.Stage.Id,
            By = new Speaker(agency, Professional, null),
            Outcome = outcome,
            Method = "phone",
            DiscussedOn = London.Calendar.LocalDate(London.At(at)),
            Summary = $"What was said: {outcome}.",
            RecordKeeper = agency,
            Outstanding = "None.",
            Chair = Rules.Policy.Find(stage ?? Present)?.Chair is null
                ? null
                : new Speaker("elsewhere", Professional, null),
            Fields = Asked(stage ?? Present, outcome, agency)
                .ToDictionary(f => f.Id, f => f.Kind == "yes" ? "yes" : "As asked."),
        };
        return Do(at, change?.Invoke(said) ?? said);
    }

    private IEnumerable<OutcomeField> Asked(string stage, string outcome, string agency) =>
        Rules.Policy.Find(stage) is null || Document.Case.SideOf(agency) is not { } side
            ? []
            : AskedFields.Of(Document.Case, Rules.Policy, stage, side).Where(f => f.On.Contains(outcome));

    public Story Confirm(string at, string agency) =>
        Do(
            at,
            new Confirm(Text: null)
            {
                Id = NextId(),
                Actor = "key:1",
                Stage = Present,
                By = new Speaker(agency, Professional, null),
            }
        );

    public Story Dispute(string at, string agency) =>
        Do(
            at,
            new Dispute("Not so.")
            {
                Id = NextId(),
                Actor = "key:1",
                Stage = Present,
                By = new Speaker(agency, Professional, null),
            }
        );

    public Story Withdraw(string at) =>
        Do(
            at,
            new Withdraw("Settled.")
            {
                Id = NextId(),
                Actor = "key:1",
                Stage = Present,
                By = Teacher,
            }
        );

    public Story Skip(string at, string to) =>
        Do(
            at,
            new Skip(to, "Nothing left to try.")
            {
                Id = NextId(),
                Actor = "key:1",
                Stage = Present,
                By = Teacher,
            }
        );

    public Story RaiseUrgent(string at) =>
        Do(
            at,
            new RaiseUrgent("Risk today.")
            {
                Id = NextId(),
                Actor = "key:1",
                Stage = Present,
                By = Teacher,
            }
        );

    /// <param name="by">Null: the teacher.</param>
    public Story Hold(string at, string reviewOn, Speaker? by = null) =>
        Do(
            at,
            new PlaceHold("A plan is stuck.", "The manager", true, London.Day(reviewOn))
            {
                Id = NextId(),
                Actor = "key:1",
                Stage = Present,
                By = by ?? Teacher,
            }
        );

    public Story Resume(string at) =>
        Do(
            at,
            new Resume("agreed", null)
            {
                Id = NextId(),
                Actor = "key:1",
                Stage = Present,
                By = Teacher,
            }
        );

    public Story Adopt(string at, int number) =>
        Do(
            at,
            new AdoptLateResponse(number)
            {
                Id = NextId(),
                Actor = "key:1",
                Stage = Present,
                By = Teacher,
            }
        );

    public Story Complete(string at, string duty, string on) =>
        Do(
            at,
            new CompleteDuty(duty, London.Day(on), null)
            {
                Id = NextId(),
                Actor = "key:1",
                Stage = Present,
                By = Teacher,
            }
        );

    public Story Sent(string at, string key) =>
        Take(Decisions.Sent(Document.Case, Rules, key, "op", null, London.At(at)));

    public Story Delivered(string at, string key) =>
        Take(Decisions.Delivered(Document.Case, Rules, key, London.At(at)));

    public Story Failed(string at, string key) =>
        Take(Decisions.Failed(Document.Case, Rules, key, "bounced", null, London.At(at)));

    public Story Forget(string at) => Take(Decisions.Forget(Document.Case, Rules, London.At(at)));

    private string Present => Document.Case.Stage.Id;

    private static Speaker Teacher => new(Raiser, Professional, null);

    private string NextId() => $"c{++_commands}";

    private Story Do(string at, CaseCommand command) =>
        Take(Decisions.Decide(Document.Case, command, "digest", Rules, London.At(at)));

    private Story Take(Decision decision)
    {
        var accepted = Assert.IsType<Decision.Accepted>(decision);
        Document = CaseDocument.Append(Document, accepted.Case, accepted.Events, new byte[16], () => new byte[16]);
        return this;
    }

    /// <summary>One person for every tier of every agency, less the tier that an agency is to be without.</summary>
    private static PartnershipDirectory DirectoryFor(Policy policy, (string Agency, string Tier)? without)
    {
        string[] tiers =
        [
            .. policy.Stages.SelectMany(s => s.Tiers.Concat(s.CopyTiers)),
            .. policy.Tells.Select(t => t.Who.Tier),
            .. policy.Urgent.Tell.Select(t => t.Tier),
            Tiers.SafeguardingLead,
            Tiers.LineManager,
            Tiers.BusinessManager,
            Tiers.PartnershipRepresentative,
        ];
        IReadOnlyList<string> TiersOf(string id) => [.. tiers.Where(t => (id, t) != without)];
        Agency Of(string id) =>
            new()
            {
                Id = id,
                Name = id,
                Domains = [$"{id}.example.org"],
                Contacts =
                [
                    new Contact
                    {
                        Id = "all",
                        Name = "Dee Example",
                        Email = $"all@{id}.example.org",
                        Tiers = TiersOf(id),
                    },
                ],
            };
        return new PartnershipDirectory(
            policy.Partnership,
            [Of(Raiser), Of(Receiver), Of(ThirdAgency), Of(policy.Partnership)]
        );
    }
}
