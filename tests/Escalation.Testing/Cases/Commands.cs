using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Testing.Cases;

/// <summary>Well-formed commands with an empty id and stage, for <see cref="CaseStory.Do"/> to fill in.</summary>
public static class Commands
{
    public static Speaker By(string agency) => new(agency, $"Somebody of {agency}", "Manager");

    /// <summary>An outcome with everything that the case's present stage asks for.</summary>
    public static RecordOutcome Outcome(Policy policy, Case c, string outcome, string by, DateOnly discussedOn) =>
        new()
        {
            Id = "",
            Actor = "test",
            Stage = "",
            By = By(by),
            Outcome = outcome,
            Method = "phone",
            DiscussedOn = discussedOn,
            Summary = "What was agreed.",
            RecordKeeper = c.Raising.Agency,
            Outstanding = "Nothing is outstanding.",
            Actions =
                outcome == Outcomes.Resolved
                    ? [new AgreedAction("Visit", "Cam", c.Raising.Agency, discussedOn.AddDays(14))]
                    : [],
            Chair = policy.Find(c.Stage.Id)!.Chair is null
                ? null
                : new Speaker("An uninvolved trust", "Chris Chair", "Director"),
            Fields = policy
                .Find(c.Stage.Id)!
                .Requires.Where(r => r.On.Contains(outcome))
                .ToDictionary(r => r.Id, r => Answer(r, discussedOn)),
        };

    private static string Answer(OutcomeField field, DateOnly day) =>
        field.Kind switch
        {
            FieldKinds.Text => "As asked.",
            FieldKinds.Yes => "yes",
            FieldKinds.Choice => field.Options[0].Id,
            FieldKinds.Date => day.ToString(FieldKinds.DateFormat, System.Globalization.CultureInfo.InvariantCulture),
            _ => throw new ArgumentException($"Nothing is known of a field of the kind {field.Kind}.", nameof(field)),
        };

    public static AdoptLateResponse Adopt(string by, int number) =>
        new(number)
        {
            Id = "",
            Actor = "test",
            Stage = "",
            By = By(by),
        };

    public static Confirm Confirm(string by) =>
        new("Agreed.")
        {
            Id = "",
            Actor = "test",
            Stage = "",
            By = By(by),
        };

    public static Dispute Dispute(string by) =>
        new("Not what we said.")
        {
            Id = "",
            Actor = "test",
            Stage = "",
            By = By(by),
        };

    public static Skip Skip(string by, string to) =>
        new(to, "It cannot wait.")
        {
            Id = "",
            Actor = "test",
            Stage = "",
            By = By(by),
        };

    public static PlaceHold Hold(string by, string? reviewOn = null) =>
        new("To reflect.", "The conference chair", true, reviewOn is null ? null : UkTime.Day(reviewOn))
        {
            Id = "",
            Actor = "test",
            Stage = "",
            By = By(by),
        };

    public static Resume Resume(string by, string review = "agreed") =>
        new(review, "Reviewed.")
        {
            Id = "",
            Actor = "test",
            Stage = "",
            By = By(by),
        };

    public static Withdraw Withdraw(string by) =>
        new("No longer needed.")
        {
            Id = "",
            Actor = "test",
            Stage = "",
            By = By(by),
        };

    public static AddNote Note(string by, string text = "A note.") =>
        new(text)
        {
            Id = "",
            Actor = "test",
            Stage = "",
            By = By(by),
        };

    public static MakeContact ContactMade(string by) =>
        new("We spoke.")
        {
            Id = "",
            Actor = "test",
            Stage = "",
            By = By(by),
        };

    public static RaiseUrgent Urgent(string by) =>
        new("The risk has grown.")
        {
            Id = "",
            Actor = "test",
            Stage = "",
            By = By(by),
        };

    public static HandOver HandOver(string by, string from, string email) =>
        new(from, "Nel New", email, "Manager")
        {
            Id = "",
            Actor = "test",
            Stage = "",
            By = By(by),
        };

    public static ChangeContact ChangeContact(string by, string? from, string? agency = null, string? tier = null) =>
        new(from, agency, tier, "Nel New", "nel@elsewhere.example.org", "Manager", "Left the agency.")
        {
            Id = "",
            Actor = "test",
            Stage = "",
            By = By(by),
        };

    public static AcceptContact Accept(string by, string contact) =>
        new(contact)
        {
            Id = "",
            Actor = "test",
            Stage = "",
            By = By(by),
        };

    public static SendAgain SendAgain(string by) =>
        new("Lost.")
        {
            Id = "",
            Actor = "test",
            Stage = "",
            By = By(by),
        };

    public static SetDate SetDate(string by, string date, string day) =>
        new(date, UkTime.Day(day), null, "Agreed by telephone.")
        {
            Id = "",
            Actor = "test",
            Stage = "",
            By = By(by),
        };

    public static CompleteDuty Complete(string by, string duty, string on) =>
        new(duty, UkTime.Day(on), "Done.")
        {
            Id = "",
            Actor = "test",
            Stage = "",
            By = By(by),
        };

    public static SetLegalHold LegalHold(string by, bool on) =>
        new(on, "A court asked.")
        {
            Id = "",
            Actor = "test",
            Stage = "",
            By = By(by),
        };

    public static ReviewByPartnership Review(string by) =>
        new(new DateOnly(2026, 1, 5), true, "Because.", "The issues.", "The result.")
        {
            Id = "",
            Actor = "test",
            Stage = "",
            By = By(by),
        };
}
