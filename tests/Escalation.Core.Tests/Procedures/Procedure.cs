using System.Runtime.CompilerServices;
using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Procedures;

/// <summary>A procedure's document beside this file, and cases under it.</summary>
internal static class Procedure
{
    public static IEnumerable<string> Ids { get; } =
    [
        .. System
            .IO.Directory.EnumerateFiles(Here(), "*.json")
            .Order(StringComparer.Ordinal)
            .Select(file => Path.GetFileNameWithoutExtension(file)),
    ];

    public static PolicyReading Read(string id) =>
        OwnPolicyDocument.Read(id, File.ReadAllBytes(Path.Combine(Here(), $"{id}.json")));

    /// <summary>
    /// With the bank holidays of its own division, the documents to which it leads, and a directory in which every agency and the
    /// partnership have somebody of each tier that the program or one of these policies knows.
    /// </summary>
    public static Rules Rules(string id)
    {
        var policy = Read(id).Policy!;
        var leadsTo = policy.Stages.SelectMany(s => s.LeadsTo).Select(lead => Read(lead.Policy).Policy!).ToList();
        var directory = Directory(
            policy.Partnership,
            [.. leadsTo.Prepend(policy).SelectMany(p => p.Tiers).DistinctBy(t => t.Id)]
        );
        Rules Of(Policy one) => new(one, Calendar(one.WorkingTime), directory);
        return Of(policy) with { LeadsTo = [.. leadsTo.Select(Of)] };
    }

    private static PartnershipDirectory Directory(string partnership, IReadOnlyList<Term> tiers)
    {
        var directory = Sample.Directory(partnership);
        IReadOnlyList<Term> Known(string agency) =>
            agency == partnership ? KnownTiers.OfPartnerships : KnownTiers.OfAgencies;
        return directory with
        {
            Agencies = [.. directory.Agencies.Select(a => Sample.Agency(a.Id, a.Name, [.. Known(a.Id), .. tiers]))],
        };
    }

    private static WorkingCalendar Calendar(WorkingTime time) =>
        new(CalendarEdition.BuiltIn, time.Division, [], TimeZoneInfo.FindSystemTimeZoneById(time.Zone), time.Close, 1);

    public static CaseStory Opened(
        string id,
        string at,
        Func<OpenCase, OpenCase>? change = null,
        Func<Rules, Rules>? directory = null
    ) =>
        CaseStory.Open(
            "sefton",
            at,
            o => (change ?? (x => x))(Opening(id, o)),
            (directory ?? (rules => rules))(Rules(id))
        );

    /// <summary>What an opening comes to, without opening it.</summary>
    public static Decision Try(string id, string at, Func<OpenCase, OpenCase> change) =>
        CaseRoom.Try(change(Opening(id, Sample.Opening("sefton"))), Rules(id), UkTime.At(at));

    /// <summary>Whom the last step asked at the stage that is open now, with links.</summary>
    public static IEnumerable<string> Asked(CaseStory story) =>
        Queued(story, NoticeKinds.StageOpened)
            .Where(n => n.Action is NoticeAction.Outcome && n.Stage == story.Case.Stage.Id)
            .Select(n => n.Contact)
            .Order(StringComparer.Ordinal);

    /// <summary>Who was told by the last step, in one kind of notice.</summary>
    public static IEnumerable<string> Told(CaseStory story, string kind) =>
        Queued(story, kind).Select(n => n.Contact).Order(StringComparer.Ordinal);

    public static (string Id, bool WithoutLimit) Stage(CaseStory story) =>
        (story.Case.Stage.Id, story.Case.Stage.IsWithoutLimit);

    /// <summary>It ended by the last step, at this stage and in time, and whoever raised it hears so.</summary>
    public static void HasEnded(CaseStory story, string status, string stage)
    {
        Assert.Equal((status, stage), (story.Case.Status, story.Case.Stage.Id));
        Assert.Equal((story.Now, false), (story.Case.EndedAt, story.Case.Stage.Late));
        Assert.Contains("intake/raisedBy", Told(story, NoticeKinds.Ended));
    }

    private static IEnumerable<NoticeQueued> Queued(CaseStory story, string kind) =>
        story.LatestEvents.OfType<NoticeQueued>().Where(n => n.Kind == kind);

    private static OpenCase Opening(string id, OpenCase open)
    {
        var policy = Read(id).Policy!;
        return open with
        {
            Reference = $"{policy.ReferencePrefix}-7K3M-Q9XA",
            Person = open.Person! with { Kind = policy.Parties.PersonKinds[0] },
            Nature = policy.Natures.Count > 0 ? [policy.Natures[0].Id] : [],
        };
    }

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
