using Escalation.Core.Cases;
using Escalation.Web.Api;
using Escalation.Web.Forms;

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
                    .Select(e => (Field: Own(form, e.Key), Fault: e.Value[0]))
                    .Select(e => (Ask: asks.Find(a => a.Name == e.Field), e.Fault))
                    .Select(e =>
                        e.Ask is null
                            ? new FieldError("", e.Fault.Text)
                            : new FieldError(e.Ask.Name, Words(form, e.Ask, e.Fault))
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

    private static string Words(RaiseForm form, Ask ask, Fault fault) =>
        fault.Code switch
        {
            FaultCode.UnknownAgency when ask is Ask.Pick pick && LongChoice.IsTyped(pick.Choices) => LongChoice.Unknown(
                pick.Choices,
                form.Values[ask.Name],
                "agency"
            ) + ", or “other” for one that is not there",
            FaultCode.Required => $"{(IsTyped(ask) ? "Enter" : "Select")} {ask.What}",
            FaultCode.TooLong => $"{Sentence.UpperFirst(ask.What)} must be {fault.Most:N0} characters or fewer",
            FaultCode.TooMany => $"{Sentence.UpperFirst(ask.What)} must be {fault.Most} entries or fewer",
            FaultCode.NotOffered => $"Select {ask.What}",
            FaultCode.NotEmail => $"Enter {ask.What} in the correct format, like name@example.org",
            FaultCode.NotPlausible => "Date of birth must be a real date in the past",
            FaultCode.InFuture => "The date and time at which it was raised must be in the past",
            FaultCode.TooLongAgo => "It must have been raised within the last year: raise the concern as it stands now",
            FaultCode.UnknownAgency => $"Select {ask.What} from the list, or “Another agency” and enter its name",
            FaultCode.SameAgency =>
                "Select another agency than the one that raises the concern: this procedure is for disagreements between agencies",
            FaultCode.ControlCharacter
            or FaultCode.NotUnicode
            or FaultCode.NamedTwice
            or FaultCode.BeforeRaised
            or FaultCode.BeforeDiscussion
            or FaultCode.AgencyOutside
            or FaultCode.ChairInvolved
            or FaultCode.NotReviewDay
            or FaultCode.Malformed => $"{Sentence.UpperFirst(ask.What)}: {Sentence.LowerFirst(fault.Text)}",
            _ => throw new InvalidOperationException($"The form has no words for {fault.Code}."),
        };

    private static bool IsTyped(Ask ask) =>
        ask is Ask.Line or Ask.Day || (ask is Ask.Pick pick && LongChoice.IsTyped(pick.Choices));

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
