using System.Runtime.CompilerServices;
using Escalation.Core.Calendars;
using Escalation.Core.Cases;
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
    /// With the bank holidays of its own division, a directory in which every agency and the partnership have somebody of each tier that
    /// the program or the policy knows, and the documents to which it leads.
    /// </summary>
    public static Rules Rules(string id)
    {
        var policy = Read(id).Policy!;
        var directory = Sample.Directory(policy.Partnership);
        return new Rules(
            policy,
            Calendar(policy.WorkingTime),
            directory with
            {
                Agencies =
                [
                    .. directory.Agencies.Select(a =>
                        Sample.Agency(
                            a.Id,
                            a.Name,
                            [
                                .. a.Id == policy.Partnership ? KnownTiers.OfPartnerships : KnownTiers.OfAgencies,
                                .. policy.Tiers,
                            ]
                        )
                    ),
                ],
            }
        )
        {
            LeadsTo = [.. policy.Stages.SelectMany(s => s.LeadsTo).Select(lead => Rules(lead.Policy))],
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
