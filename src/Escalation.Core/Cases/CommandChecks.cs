using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>What is wrong with a command whatever the case: missing, too long, malformed.</summary>
internal static class CommandChecks
{
    public static Refusal? Check(CaseCommand command)
    {
        var faults = new Faults();
        if (command.Id.Length is 0 or > 64 || !command.Id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            faults.Add("id", FaultCode.Malformed, "1 to 64 letters, digits, hyphens and underscores.");
        Speaker(faults, "by", command.By);
        switch (command)
        {
            case RecordOutcome m:
                Outcome(faults, m);
                break;
            case Skip m:
                faults.Required("to", m.To);
                Long(faults, "reason", m.Reason);
                break;
            case SetDate m:
                faults.Required("date", m.Date);
                Date(faults, "day", m.Day);
                Long(faults, "reason", m.Reason, optional: true);
                break;
            case PlaceHold m:
                Long(faults, "reason", m.Reason);
                faults.Required("askedBy", m.AskedBy);
                break;
            case Resume m:
                Long(faults, "reason", m.Reason, optional: true);
                OneOf(faults, "review", m.Review, "agreed", "unresolved");
                break;
            case Withdraw m:
                Long(faults, "reason", m.Reason);
                break;
            case Dispute m:
                Long(faults, "reason", m.Reason);
                break;
            case Confirm m:
                Long(faults, "text", m.Text, optional: true);
                faults.Optional("for", m.For);
                break;
            case AddNote m:
                Long(faults, "text", m.Text);
                break;
            case MakeContact m:
                Long(faults, "text", m.Text, optional: true);
                break;
            case RaiseUrgent m:
                Long(faults, "reason", m.Reason);
                faults.Optional("phone", m.Phone, PersonName.MostOfPhone);
                break;
            case HandOver m:
                faults.Required("from", m.From);
                Named(faults, m.Name, m.Email, m.Role);
                break;
            case ChangeContact m:
                Named(faults, m.Name, m.Email, m.Role);
                Long(faults, "reason", m.Reason);
                break;
            case SendAgain m:
                Long(faults, "reason", m.Reason, optional: true);
                break;
            case AcceptContact m:
                faults.Required("contact", m.Contact);
                break;
            case SetLegalHold m:
                Long(faults, "reason", m.Reason);
                break;
            case CompleteDuty m:
                faults.Required("duty", m.Duty);
                Long(faults, "note", m.Note, optional: true);
                Date(faults, "completedOn", m.CompletedOn);
                break;
            case ReviewByPartnership m:
                Review(faults, m);
                break;
        }
        return faults.ToRefusal();
    }

    public static void Speaker(Faults faults, string field, Speaker by)
    {
        faults.Required(field + ".agency", by.Agency);
        faults.Required(field + ".name", by.Name);
        faults.Optional(field + ".role", by.Role);
    }

    private static void Outcome(Faults faults, RecordOutcome m)
    {
        OneOf(faults, "outcome", m.Outcome, [.. Outcomes.All.Select(o => o.Id)]);
        faults.Required("method", m.Method);
        Date(faults, "discussedOn", m.DiscussedOn);
        Long(faults, "summary", m.Summary);
        faults.Optional("methodology", m.Methodology, Faults.LongText);
        faults.Optional("recordKeeper", m.RecordKeeper);
        faults.Optional("outstanding", m.Outstanding, Faults.LongText);
        faults.Optional("lessons", m.Lessons, Faults.LongText);
        faults.Optional("comments", m.Comments, Faults.LongText);
        if (m.Chair is { } chair)
        {
            faults.Required("chair.name", chair.Name);
            faults.Optional("chair.role", chair.Role);
            faults.Optional("chair.agency", chair.Agency);
        }
        faults.Most("actions", m.Actions, RecordOutcome.MostActions);
        for (var i = 0; i < m.Actions.Count; i++)
        {
            faults.Required($"actions[{i}].what", m.Actions[i].What, Faults.LongText);
            faults.Required($"actions[{i}].byWhom", m.Actions[i].ByWhom);
            faults.Required($"actions[{i}].agency", m.Actions[i].Agency);
            Date(faults, $"actions[{i}].due", m.Actions[i].Due == default ? null : m.Actions[i].Due);
        }
        faults.Most("fields", m.Fields, 30);
        foreach (var (id, value) in m.Fields)
            faults.Optional($"fields.{id}", value, Faults.LongText);
    }

    private static void Named(Faults faults, string? name, string? email, string? role)
    {
        faults.Required("name", name);
        faults.Required("email", email);
        faults.Email("email", email);
        faults.Optional("role", role);
    }

    private static void Review(Faults faults, ReviewByPartnership m)
    {
        Long(faults, "reason", m.Reason, optional: true);
        Long(faults, "issues", m.Issues, optional: true);
        Long(faults, "outcome", m.Result, optional: true);
        if (m.ReceivedOn is { } received)
            Date(faults, "receivedOn", received);
        if (m.ReferredToChair is not null && string.IsNullOrWhiteSpace(m.Reason))
            faults.Add(
                "reason",
                FaultCode.Required,
                "Required: the form asks for the reason, whether or not the concern is referred to the chair."
            );
    }

    private static void Long(Faults faults, string field, string? value, bool optional = false)
    {
        if (optional)
            faults.Optional(field, value, Faults.LongText);
        else
            faults.Required(field, value, Faults.LongText);
    }

    private static void Date(Faults faults, string field, DateOnly? value)
    {
        if (value is null)
            faults.Add(field, FaultCode.Required, "Required: a date, YYYY-MM-DD.");
        else if (value.Value.Year is < 1900 or > 2200)
            faults.Add(field, FaultCode.NotPlausible, "Not a plausible date.");
    }

    private static void OneOf(Faults faults, string field, string? value, params string[] allowed)
    {
        if (value is null || !allowed.Contains(value))
            faults.Add(field, FaultCode.NotOffered, $"One of: {string.Join(", ", allowed)}.");
    }
}
