using System.Globalization;
using Escalation.Core.Directory;
using Escalation.Core.Notices;
using Escalation.Web.Api;
using Escalation.Web.Forms;
using Escalation.Web.Site.Partnerships;
using Escalation.Web.Wording;

namespace Escalation.Web.Partnerships;

/// <summary>What is done with a contact.</summary>
public enum ContactTask
{
    Add,
    Change,
    Replace,
    Remove,
    Absences,
}

/// <summary>A form about one contact of an entry.</summary>
/// <param name="Version">The entry's version that the form was made from.</param>
/// <param name="Id">The new contact's id when one is added or takes over: made when the form is shown, so that sending
/// it twice adds one.</param>
/// <param name="Contact">Whom it is about; null when one is added.</param>
/// <param name="Changed">True: somebody else changed the entry meanwhile, and it is shown as it is now.</param>
/// <param name="Links">What was sent to the one who goes.</param>
public sealed record ContactFormView(
    OpenedPartnership Where,
    Agency Agency,
    long Version,
    ContactTask Task,
    string Id,
    Contact? Contact,
    FormValues Form,
    FormErrors Errors,
    bool Changed = false,
    SentLinks? Links = null
)
{
    public string Url =>
        $"{Where.UrlOf(Agency.Id)}/contacts/"
        + (Contact is null ? "new" : Contact.Id)
        + (Task is ContactTask.Add or ContactTask.Change ? "" : $"/{Task.ToString().ToLowerInvariant()}");

    public string Title =>
        Task switch
        {
            ContactTask.Add => "Add a contact",
            ContactTask.Change => "Change a contact",
            ContactTask.Replace => "Replace a contact",
            ContactTask.Remove => "Remove a contact",
            _ => "When a contact is away",
        };

    /// <summary>The tiers that policies use here, and what this contact has besides.</summary>
    public IReadOnlyList<Choice> Tiers =>
        [
            .. TierCells
                .TiersFor(Where, Agency.Id)
                .Union(Contact?.Tiers ?? [])
                .Select(t => new Choice(t, TierCells.NameOf(Where, Agency.Id, t), UseOf(t))),
        ];

    public IReadOnlyList<Choice> Deputies =>
        [
            .. Agency
                .Contacts.Where(c => c.Id != Contact?.Id)
                .Select(c => new Choice(c.Id, c.Role is null ? c.Name : $"{c.Name}, {c.Role}")),
        ];

    /// <summary>The names of those whose deputy the contact is.</summary>
    public IReadOnlyList<string> StandsInFor =>
        [.. Agency.Contacts.Where(c => Contact is not null && c.Deputy == Contact.Id).Select(c => c.Name)];

    public string VersionText => Version.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where a tier is asked: "stage 1, stage 2".</summary>
    private string? UseOf(string tier)
    {
        var uses = Coverage
            .Detours(Where.Directory, Where.Policies, Agency.Id, tier, Where.Today)
            .Select(d =>
                d.Stage is { } stage ? StageWords.Inline(stage)
                : tier == Core.Policies.Tiers.BusinessManager ? "whatever has nobody else"
                : "urgent cases"
            )
            .Distinct()
            .ToList();
        return uses.Count == 0 ? null : $"Asked or told: {string.Join(", ", uses)}";
    }
}

/// <summary>An absence as a form's value: <c>2026-12-24/2027-01-04</c>.</summary>
internal static class AbsenceValues
{
    public static string Of(Absence absence) =>
        string.Create(CultureInfo.InvariantCulture, $"{absence.From:yyyy-MM-dd}/{absence.To:yyyy-MM-dd}");
}
