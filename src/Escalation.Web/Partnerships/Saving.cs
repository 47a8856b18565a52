using System.Text.Json;
using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Site.Partnerships;

namespace Escalation.Web.Partnerships;

/// <summary>What came of changing an entry by a form.</summary>
internal abstract record Saving
{
    private Saving() { }

    /// <summary>Written, or already as it should be: the form came twice.</summary>
    public sealed record Saved : Saving;

    public sealed record Faulty(Refusal Refusal, AgencyBody Body) : Saving;

    /// <summary>Somebody else changed the entry since the form was shown. Nothing was written.</summary>
    public sealed record Changed(Agency Now, long Version) : Saving;

    /// <summary>What the form is about is no longer there.</summary>
    public sealed record Gone : Saving;
}

/// <summary>Changes an entry if it still has the version that the form was made from.</summary>
internal sealed class EntryService(IRecords records, RuleBook rules, OpenedPartnership where)
{
    /// <param name="change">The entry as it should be; null when it cannot be made from what is there now.</param>
    public async Task<Saving> SaveAsync(
        string agency,
        long expected,
        Func<Agency, AgencyBody?> change,
        CancellationToken cancel
    )
    {
        if (
            await StoredDirectory.ReadAsync(records, where.Id, agency, cancel) is not { } before
            || change(before.Agency) is not { } body
        )
            return new Saving.Gone();
        var (after, faulty) = new AgencyChecks(DirectoryEndpoints.TiersOf(where.Policies)).Read(agency, body);
        if (after is null)
            return new Saving.Faulty(faulty!, body);
        if (AreSame(before.Agency, after))
            return new Saving.Saved();
        if (before.Version != expected || !await StoredDirectory.WriteAsync(records, where.Id, after, expected, cancel))
            return await StoredDirectory.ReadAsync(records, where.Id, agency, cancel) is { } now
                ? new Saving.Changed(now.Agency, now.Version)
                : new Saving.Gone();
        rules.Refresh();
        return new Saving.Saved();
    }

    public static bool AreSame(Agency one, Agency other) =>
        JsonSerializer.Serialize(one, ApiJson.Default.Agency)
        == JsonSerializer.Serialize(other, ApiJson.Default.Agency);
}

internal static class AgencyBodies
{
    public static AgencyBody ToBody(this Agency agency) =>
        new(agency.Id, agency.Name, [.. agency.Domains], [.. agency.Contacts.Select(ToBody)]);

    public static ContactBody ToBody(this Contact c) =>
        new(c.Id, c.Name, c.Role, c.Email, [.. c.Tiers], c.Deputy, [.. c.Absences]);

    /// <summary>With this contact in the place of the one with its id, or at the end.</summary>
    public static AgencyBody With(this AgencyBody body, ContactBody contact) =>
        body.Contacts!.Any(c => c!.Id == contact.Id)
            ? body with
            {
                Contacts = [.. body.Contacts!.Select(c => c!.Id == contact.Id ? contact : c)],
            }
            : body with
            {
                Contacts = [.. body.Contacts!, contact],
            };

    /// <summary>Without this contact; whom they stood in for has this one instead, or nobody.</summary>
    public static AgencyBody Without(this AgencyBody body, string contact, string? successor = null) =>
        body with
        {
            Contacts =
            [
                .. body.Contacts!.Where(c => c!.Id != contact)
                    .Select(c => c!.Deputy == contact ? c with { Deputy = successor == c.Id ? null : successor } : c),
            ],
        };
}
