using Escalation.Core.Cases;
using Escalation.Web.Forms;
using Escalation.Web.Intake;

namespace Escalation.Web.Raising;

/// <summary>What is wrong with a body, at the fields of the form and in the words of one.</summary>
internal static class RaiseErrors
{
    /// <summary>In the order of the form, one for each field.</summary>
    /// <param name="why">What the case says; null: nothing.</param>
    /// <param name="unread">What could not be read: it goes before what the case says of the same field.</param>
    public static FormErrors Of(RaiseForm form, Refusal? why, IReadOnlyList<FieldError> unread)
    {
        var asks = form.Asks.ToList();
        var said =
            why is null ? []
            : why.Errors is { Count: > 0 } errors
                ? errors
                    .Select(e => (Field: Own(form, e.Key), Message: e.Value[0]))
                    .Select(e => (Ask: asks.Find(a => a.Name == e.Field), e.Message))
                    .Select(e =>
                        e.Ask is null
                            ? new FieldError("", e.Message)
                            : new FieldError(e.Ask.Name, Words(form, e.Ask, e.Message))
                    )
            : [new FieldError("", why.Reason)];
        return new([
            .. unread
                .Concat(said)
                .DistinctBy(e => e.Field.Length > 0 ? e.Field : e.Message)
                .OrderBy(e => asks.FindIndex(a => a.Name == e.Field)),
        ]);
    }

    /// <summary>The form's field for one of the body's.</summary>
    private static string Own(RaiseForm form, string field) =>
        field switch
        {
            "raisedAt" => OpeningFields.RaisedOn,
            "person" => "person.name",
            "receivedBy" or "receivedBy.agency" or "agencies" => $"{form.Others}[0].agency",
            _ when field.StartsWith("receivedBy.", StringComparison.Ordinal) =>
                $"receivedBy[0]{field["receivedBy".Length..]}",
            _ when field.StartsWith("supporting[", StringComparison.Ordinal) => "supporting",
            _ => field,
        };

    private static string Words(RaiseForm form, Ask ask, string message) =>
        message switch
        {
            _ when message.StartsWith("Not an agency", StringComparison.Ordinal)
                    && ask is Ask.Pick pick
                    && LongChoice.IsTyped(pick.Choices) => LongChoice.Unknown(
                pick.Choices,
                form.Values[ask.Name],
                "agency"
            ) + ", or “other” for one that is not there",
            _ when message.StartsWith("Required", StringComparison.Ordinal) =>
                $"{(IsTyped(ask) ? "Enter" : "Select")} {ask.What}",
            _ when message.StartsWith("At most ", StringComparison.Ordinal) =>
                $"{Capital(ask.What)} must be {message["At most ".Length..].TrimEnd('.')} or fewer",
            _ when message.StartsWith("One of", StringComparison.Ordinal)
                    || message.StartsWith("Any of", StringComparison.Ordinal) => $"Select {ask.What}",
            "Not an email address." => $"Enter {ask.What} in the correct format, like name@example.org",
            "Not a plausible date of birth." => "Date of birth must be a real date in the past",
            "In the future." => "The date and time at which it was raised must be in the past",
            _ when message.StartsWith("More than a year ago", StringComparison.Ordinal) =>
                "It must have been raised within the last year: raise the concern as it stands now",
            _ when message.StartsWith("Not an agency", StringComparison.Ordinal) =>
                $"Select {ask.What} from the list, or “Another agency” and enter its name",
            _ when message.StartsWith("The same agency", StringComparison.Ordinal) =>
                "Select another agency than the one that raises the concern: this procedure is for disagreements between agencies",
            _ => $"{Capital(ask.What)}: {char.ToLowerInvariant(message[0])}{message[1..]}",
        };

    private static bool IsTyped(Ask ask) =>
        ask is Ask.Line or Ask.Day || (ask is Ask.Pick pick && LongChoice.IsTyped(pick.Choices));

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    public static int StatusOf(Refusal refusal) =>
        refusal.Code switch
        {
            Codes.Invalid => 400,
            Codes.Conflict => 409,
            Codes.TooLarge => 413,
            Codes.Unavailable => 503,
            _ => 422,
        };
}
