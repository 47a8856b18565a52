using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Web.Tests.Emails;

/// <summary>Cases whose emails the tests read.</summary>
internal static class Lives
{
    private const string Opened = "2026-12-23T10:00:00Z";
    private static readonly DateOnly Day = new(2026, 12, 23);

    public static async Task<(World World, Post Post, CaseDocument Document)> StartAsync(
        string policy = "sandwell",
        string now = Opened,
        Func<OpenCase, OpenCase>? change = null
    )
    {
        var world = await new World(now).WithDirectoryAsync(policy);
        return (world, new Post(world), await world.OpenAsync(policy, change));
    }

    /// <summary>Lives of cases in which, together, every kind of notice is sent.</summary>
    public static async Task<List<(CaseDocument Document, Email Email)>> EveryKindAsync()
    {
        var all = new List<(CaseDocument, Email)>();
        foreach (
            var life in new Func<List<(CaseDocument, Email)>, Task>[]
            {
                MissedToTheEndAsync,
                LateAsync,
                HeldAsync,
                DisputedAsync,
                FailedAsync,
                ContactedAsync,
                DaySetAsync,
            }
        )
            await life(all);
        return all;
    }

    public static async Task SendAsync(Post post, string reference, List<(CaseDocument, Email)> all)
    {
        var (document, emails) = await post.SendAsync(reference);
        all.AddRange(emails.Select(e => (document, e)));
    }

    public static async Task LiveAsync(
        World world,
        Post post,
        string reference,
        DateTimeOffset until,
        List<(CaseDocument, Email)> all
    )
    {
        await SendAsync(post, reference, all);
        for (var wakes = 0; (await world.ReadAsync(reference)).NextWake is { } wake && wake <= until; wakes++)
        {
            Waiting.ThrowIfEndless(wakes);
            await world.AdvanceAsync(reference, (wake > world.Now ? wake : world.Now).ToString("O"));
            await SendAsync(post, reference, all);
        }
        world.Now = until;
    }

    public static async Task MissedToTheEndAsync(List<(CaseDocument, Email)> all)
    {
        var (world, post, document) = await StartAsync(change: o =>
            o with
            {
                ImminentRisk = true,
                Circumstances = ["lookedAfter"],
                Named = new Dictionary<string, PersonName>
                {
                    ["independentReviewingOfficer"] = new PersonName(
                        "Iris Officer",
                        null,
                        "iris@childrens-trust.example.org"
                    ),
                },
            }
        );
        await using var w = world;
        var reference = document.Case.Reference;
        await LiveAsync(world, post, reference, World.At("2027-02-01T10:00:00Z"), all);
        var decided = World.Outcome("4", "decided", "sandwell", new DateOnly(2027, 2, 1));
        await world.DoAsync(reference, decided with { Chair = World.Chair });
        await LiveAsync(world, post, reference, World.At("2027-03-10T10:00:00Z"), all);
    }

    public static async Task LateAsync(List<(CaseDocument, Email)> all)
    {
        var (world, post, document) = await StartAsync();
        await using var w = world;
        await world.AdvanceAsync(document.Case.Reference, "2026-12-24T10:00:00Z");
        await SendAsync(post, document.Case.Reference, all);
        await world.DoAsync(document.Case.Reference, World.Outcome("informal", "resolved", World.Receiving, Day));
        await SendAsync(post, document.Case.Reference, all);
        await StoredCalendar.AmendAsync(
            world.Store,
            "sandwell",
            new Amendment(new DateOnly(2026, 12, 30), "Closed", false, "test", world.Now),
            default
        );
        world.Book.Refresh();
        await world.AdvanceAsync(document.Case.Reference, "2026-12-28T10:00:00Z");
        await SendAsync(post, document.Case.Reference, all);
    }

    public static async Task HeldAsync(List<(CaseDocument, Email)> all)
    {
        var (world, post, document) = await StartAsync("suffolk", "2026-10-10T11:00:00Z");
        await using var w = world;
        var reference = document.Case.Reference;
        await world.DoAsync(
            reference,
            new PlaceHold("PLANTED-REASON", "PLANTED-SPEAKER", true, null)
            {
                Id = "h0",
                Actor = "test",
                Stage = "1",
                By = new Speaker(World.Receiving, "PLANTED-SPEAKER", null),
            }
        );
        await world.DoAsync(
            reference,
            new PlaceHold("PLANTED-REASON", "PLANTED-SPEAKER", true, null)
            {
                Id = "h1",
                Actor = "test",
                Stage = "1",
                By = new Speaker(World.Raising, "PLANTED-SPEAKER", null),
            }
        );
        await LiveAsync(world, post, reference, World.At("2026-10-16T10:00:00Z"), all);
        await world.DoAsync(
            reference,
            new Resume("agreed", "PLANTED-REASON")
            {
                Id = "h2",
                Actor = "test",
                Stage = "1",
                By = new Speaker(World.Raising, "PLANTED-SPEAKER", null),
            }
        );
        await LiveAsync(world, post, reference, World.At("2026-11-10T10:00:00Z"), all);
        await world.DoAsync(reference, World.Outcome("5", "responded", "suffolk", new DateOnly(2026, 11, 9)));
        await LiveAsync(world, post, reference, World.At("2026-11-20T10:00:00Z"), all);
    }

    /// <summary>The other side's line managers say that contact was made, and the raising side that it was not.</summary>
    public static async Task ContactedAsync(List<(CaseDocument, Email)> all)
    {
        var (world, post, document) = await StartAsync("surrey-adults", "2026-10-12T09:00:00Z");
        await using var w = world;
        var reference = document.Case.Reference;
        await LiveAsync(world, post, reference, World.At("2026-10-14T16:00:00Z"), all);
        await world.DoAsync(
            reference,
            new MakeContact("PLANTED-REASON")
            {
                Id = "c1",
                Actor = "test",
                Stage = "3",
                By = new Speaker(World.Receiving, "PLANTED-SPEAKER", null),
            }
        );
        await SendAsync(post, reference, all);
        await world.DoAsync(
            reference,
            new Dispute("PLANTED-REASON")
            {
                Id = "c2",
                Actor = "test",
                Stage = "3",
                By = new Speaker(World.Raising, "PLANTED-SPEAKER", null),
            }
        );
        await LiveAsync(world, post, reference, World.At("2026-10-30T10:00:00Z"), all);
    }

    public static async Task DisputedAsync(List<(CaseDocument, Email)> all)
    {
        var (world, post, document) = await StartAsync(change: o =>
            o with
            {
                ReceivedBy =
                [
                    new IntakePerson(
                        World.Receiving,
                        null,
                        "Ravi Receiver",
                        null,
                        "ravi@elsewhere.example.com",
                        "CT-88",
                        null
                    ),
                    new IntakePerson("other", "PLANTED-OTHER Ltd", "PLANTED-OTHER", null, null, null, null),
                ],
            }
        );
        await using var w = world;
        var reference = document.Case.Reference;
        await world.DoAsync(
            reference,
            World.Outcome("informal", "resolved", World.Receiving, Day) with
            {
                RecordKeeper = World.Raising,
            }
        );
        await SendAsync(post, reference, all);
        await world.DoAsync(
            reference,
            new Dispute("PLANTED-REASON")
            {
                Id = "d",
                Actor = "test",
                Stage = "informal",
                By = new Speaker(World.Raising, "PLANTED-SPEAKER", null),
            }
        );
        await SendAsync(post, reference, all);
        await world.DoAsync(reference, World.Outcome("informal", "escalate", World.Raising, Day));
        await SendAsync(post, reference, all);
    }

    /// <summary>The first stage runs to a day that was agreed, and that is set anew.</summary>
    private static async Task DaySetAsync(List<(CaseDocument, Email)> all)
    {
        await using var world = await new World(Opened).WithDirectoryAsync("sandwell");
        await world.StoreAsync(OwnDocument.Read(OwnDocument.WithAgreedDay("sandwell")));
        var post = new Post(world);
        var agreed = new Dictionary<string, GivenDay> { ["agreed"] = new(new DateOnly(2027, 1, 6)) };
        var reference = (await world.OpenAsync("sandwell", o => o with { Dates = agreed })).Case.Reference;
        await SendAsync(post, reference, all);
        await world.DoAsync(
            reference,
            new SetDate("agreed", new DateOnly(2027, 1, 8), null, "PLANTED-REASON")
            {
                Id = "day",
                Actor = "test",
                Stage = "informal",
                By = new Speaker(World.Receiving, "PLANTED-SPEAKER", null),
            }
        );
        await SendAsync(post, reference, all);
    }

    public static async Task FailedAsync(List<(CaseDocument, Email)> all)
    {
        var (world, post, document) = await StartAsync();
        await using var w = world;
        await world.OpenAsync("sandwell", similarityKey: "alike");
        await SendAsync(post, (await world.OpenAsync("sandwell", similarityKey: "alike")).Case.Reference, all);
        post.Answer = _ => new MailResult.Refused("badAddress");
        await SendAsync(post, document.Case.Reference, all);
        await SendAsync(post, document.Case.Reference, all);
        await world.AdvanceAsync(document.Case.Reference, "2026-12-24T10:00:00Z");
        await SendAsync(post, document.Case.Reference, all);
    }
}
