using System.Globalization;
using System.Security.Cryptography;
using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Standalone.Storage;
using Escalation.Web.Tokens;
using Microsoft.Extensions.Time.Testing;

namespace Escalation.Web.Tests;

/// <summary>A store in its own folder, a directory with one contact for each tier, and a clock that stands still.</summary>
public sealed class World : IWaker, IAsyncDisposable
{
    public const string Raising = "oak-primary",
        Receiving = "childrens-trust";

    /// <summary>In every private field of every case here: none of them may ever be shown or sent.</summary>
    public static readonly string[] Planted =
    [
        "PLANTED-PERSON",
        "PLANTED-ADDRESS",
        "2015-03-04",
        "4 March 2015",
        "PLANTED-CONCERN",
        "PLANTED-DETAILS",
        "PLANTED-EVIDENCE",
        "PLANTED-SOUGHT",
        "PLANTED-OTHER",
        "PLANTED-NATURE",
        "PLANTED-SUPPORT",
        "PLANTED-SUMMARY",
        "PLANTED-SPEAKER",
        "PLANTED-ROLE",
        "PLANTED-ACTION",
        "PLANTED-WHOM",
        "PLANTED-LESSONS",
        "PLANTED-COMMENTS",
        "PLANTED-REASON",
        "PLANTED-KEEPER",
        "PLANTED-OUTSTANDING",
        "PLANTED-METHODOLOGY",
        "PLANTED-FIELD",
    ];

    private readonly string _folder = Path.Combine(
        Path.GetTempPath(),
        "escalation-web-" + Guid.NewGuid().ToString("N")
    );

    public World(string now)
    {
        Clock = new FakeTimeProvider(At(now));
        Store = SqliteCaseStore.Open(_folder);
        Book = new RuleBook(Store);
        Handler = new CaseHandler(Store, Store, Book, this, () => RandomNumberGenerator.GetBytes(16));
        Tokens = new LinkTokens(Keys);
    }

    public FakeTimeProvider Clock { get; }

    /// <summary>Set forward only.</summary>
    public DateTimeOffset Now
    {
        get => Clock.GetUtcNow();
        set => Clock.SetUtcNow(value);
    }

    public SqliteCaseStore Store { get; }
    public RuleBook Book { get; }
    public CaseHandler Handler { get; }
    public LinkKeys Keys { get; } = new([.. Enumerable.Range(1, 32).Select(i => (byte)i)], null);
    public LinkTokens Tokens { get; }

    public static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);

    public ValueTask WakeAsync(string reference, DateTimeOffset? at, CancellationToken cancel) =>
        ValueTask.CompletedTask;

    /// <summary>One contact for every tier of the policy, for both agencies and the partnership.</summary>
    public async Task<World> WithDirectoryAsync(string policy)
    {
        var found = PolicyCatalogue.BuiltIn.Find(policy)!;
        var tiers = found
            .Stages.SelectMany(s => s.Tiers.Concat(s.CopyTiers))
            .Concat([Tiers.SafeguardingLead, Tiers.BusinessManager, Tiers.LineManager, "mash"])
            .Where(t => t != Tiers.Practitioner)
            .Distinct()
            .ToList();
        foreach (
            var (id, name) in new[]
            {
                (Raising, "Oak Primary"),
                (Receiving, "Children's Trust"),
                (found.Partnership, found.PartnershipName),
            }
        )
            await StoredDirectory.WriteAsync(
                Store,
                found.Partnership,
                new Agency
                {
                    Id = id,
                    Name = name,
                    Domains = [$"{id}.example.org"],
                    Contacts =
                    [
                        .. tiers.Select(t => new Contact
                        {
                            Id = t,
                            Name = $"Holder of {t}",
                            Email = $"{t}@{id}.example.org",
                            Tiers = [t],
                        }),
                    ],
                },
                0,
                default
            );
        return this;
    }

    public async Task StoreAsync(Policy policy)
    {
        await StoredPolicies.AddAsync(Store, policy, null, "key:test", "A test", Now, default);
        Book.Refresh();
    }

    public static OpenCase Intake(string policy) =>
        new()
        {
            Reference = "",
            IntakeKey = Guid.NewGuid().ToString("N"),
            Actor = "intake",
            Person = new Person(
                PolicyCatalogue.BuiltIn.Find(policy)!.Parties.PersonKinds[0],
                "PLANTED-PERSON",
                new DateOnly(2015, 3, 4),
                "PLANTED-ADDRESS"
            ),
            RaisedBy = new IntakePerson(
                Raising,
                null,
                "Rosa Raiser",
                "PLANTED-ROLE",
                "rosa@oak-primary.example.org",
                "OAK-77",
                null
            ),
            ReceivedBy = PolicyCatalogue.BuiltIn.Find(policy)!.Parties.Receiving
                ?
                [
                    new IntakePerson(
                        Receiving,
                        null,
                        "Ravi Receiver",
                        "PLANTED-ROLE",
                        "ravi@childrens-trust.example.org",
                        "CT-88",
                        null
                    ),
                ]
                : [],
            Involved = PolicyCatalogue.BuiltIn.Find(policy)!.Parties.Receiving
                ? []
                :
                [
                    new IntakePerson(
                        Receiving,
                        null,
                        "Ravi Receiver",
                        null,
                        "ravi@childrens-trust.example.org",
                        "CT-88",
                        null
                    ),
                ],
            Concern = "PLANTED-CONCERN",
            Details = "PLANTED-DETAILS",
            Evidence = "PLANTED-EVIDENCE",
            OutcomeSought = "PLANTED-SOUGHT",
            NatureOther = "PLANTED-NATURE",
            Nature = ["other"],
            Others = [new OtherPerson("PLANTED-OTHER", null, null)],
            Supporting = ["PLANTED-SUPPORT"],
        };

    public async Task<CaseDocument> OpenAsync(
        string policy,
        Func<OpenCase, OpenCase>? change = null,
        string? similarityKey = null
    )
    {
        var open = Intake(policy);
        return Done(
            await Handler.OpenAsync(
                policy,
                change?.Invoke(open) ?? open,
                true,
                similarityKey ?? Guid.NewGuid().ToString("N"),
                Now,
                default
            )
        );
    }

    public async Task<CaseDocument> ReadAsync(string reference) => (await Handler.ReadAsync(reference, default))!;

    public async Task<CaseDocument> DoAsync(string reference, CaseCommand command) =>
        Done(await Handler.ExecuteAsync(reference, command, Now, default));

    public async Task<CaseDocument> AdvanceAsync(string reference, string now)
    {
        Now = At(now);
        return Done(await Handler.AdvanceAsync(reference, null, Now, default));
    }

    public string Token(
        CaseDocument document,
        string contact,
        LinkAction action = LinkAction.Outcome,
        string? stage = null,
        Side? side = null
    )
    {
        var queued = document
            .Case.Notices.LastOrDefault(n => n.Queued.Contact == contact && n.Queued.Action is not NoticeAction.None)
            ?.Queued;
        return Tokens.Make(
            new LinkClaims(
                document.Case.Reference,
                stage ?? document.Case.Stage.Id,
                contact,
                side ?? queued?.Side ?? Side.Raising,
                action
            )
        );
    }

    /// <summary>Of neither party.</summary>
    public static Speaker Chair => new("PLANTED-CHAIR-AGENCY", "PLANTED-CHAIR", "PLANTED-CHAIR-ROLE");

    public static RecordOutcome Outcome(string stage, string outcome, string agency, DateOnly discussed) =>
        new()
        {
            Id = Guid.NewGuid().ToString("N"),
            Actor = "test",
            Stage = stage,
            By = new Speaker(agency, "PLANTED-SPEAKER", "PLANTED-ROLE"),
            Outcome = outcome,
            Method = "phone",
            DiscussedOn = discussed,
            Summary = "PLANTED-SUMMARY",
            RecordKeeper = "PLANTED-KEEPER",
            Outstanding = "PLANTED-OUTSTANDING",
            Methodology = "PLANTED-METHODOLOGY",
            Lessons = "PLANTED-LESSONS",
            Comments = "PLANTED-COMMENTS",
            Actions = [new AgreedAction("PLANTED-ACTION", "PLANTED-WHOM", agency, discussed.AddDays(14))],
        };

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static CaseDocument Done(Handled handled) =>
        handled switch
        {
            Handled.Done done => done.Document,
            Handled.Refused refused => throw new InvalidOperationException(
                $"{refused.Why.Reason} "
                    + string.Join("; ", refused.Why.Errors?.Select(e => e.Key + ": " + e.Value[0]) ?? [])
            ),
            _ => throw new InvalidOperationException("Missing."),
        };
}
