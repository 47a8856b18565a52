using Escalation.Core.Calendars;
using Escalation.Core.Cases;

namespace Escalation.Web.Forms;

/// <summary>What is wrong with a form, in the words of one: "Enter …", "Select …", "… must be …".</summary>
internal static class FormFaults
{
    /// <summary>What could not be read and what the case refuses: a message for each field, in the order of the form.</summary>
    public static FormErrors Of(
        IReadOnlyList<FormPart> parts,
        FormValues values,
        IReadOnlyList<FieldError> unread,
        Refusal? refusal
    )
    {
        var order = parts.SelectMany(p => p.All).Select(p => p.Name).ToList();
        var all = unread.Concat(refusal is null ? [] : Refused(parts, values, refusal));
        return new([
            .. all.DistinctBy(e => e.Field.Length > 0 ? e.Field : e.Message).OrderBy(e => order.IndexOf(e.Field)),
        ]);
    }

    private static IEnumerable<FieldError> Refused(IReadOnlyList<FormPart> parts, FormValues values, Refusal refusal)
    {
        if (refusal.Errors is not { Count: > 0 } errors)
        {
            var about = refusal.Code switch
            {
                Codes.MethodNotAccepted => "method",
                Codes.NotAllowed => "outcome",
                _ => "",
            };
            // Only a choice: another form's text may bear the name.
            return [new FieldError(Find(parts, about) is FormPart.OneOf choice ? choice.Name : "", refusal.Reason)];
        }
        return errors.Select(e =>
            Find(parts, e.Key) is { } part
                ? new FieldError(part.Name, Words(part, values, e.Value[0]))
                // About something that this form does not ask.
                : new FieldError("", refusal.Reason)
        );
    }

    /// <summary>The part for a command's field; who speaks is asked as <c>by.name</c> or as <c>name</c>.</summary>
    private static FormPart? Find(IReadOnlyList<FormPart> parts, string field)
    {
        var all = parts.SelectMany(p => p.All).Where(p => p.Name.Length > 0).ToList();
        return all.Find(p => p.Name == field)
            ?? (field.StartsWith("by.", StringComparison.Ordinal) ? all.Find(p => p.Name == field[3..]) : null);
    }

    private static string Words(FormPart part, FormValues values, Fault fault)
    {
        if (part.Sentences.TryGetValue(fault.Code, out var own))
            return own;
        var what = Sentence.UpperFirst(part.What);
        return fault.Code switch
        {
            FaultCode.Required => part.Missing,
            FaultCode.TooLong => $"{what} must be {fault.Most:N0} characters or fewer",
            FaultCode.TooMany when part is FormPart.Actions =>
                $"At most {fault.Most} actions: send {fault.Most}, and name the paper that holds the rest",
            FaultCode.TooMany => $"{what} must be {fault.Most} entries or fewer",
            FaultCode.ControlCharacter => $"{what} must not include characters that cannot be printed",
            FaultCode.NotUnicode => $"{what} has characters that cannot be read",
            FaultCode.NotEmail => $"Enter {part.What} in the correct format, like name@example.org",
            FaultCode.NotOffered => values.Typed(part.Name) is null ? part.Missing : $"Select {part.What}",
            FaultCode.NotPlausible => $"{what} must be a real date",
            FaultCode.Past or FaultCode.TooFarAhead or FaultCode.NotWorked => fault.Text,
            FaultCode.InFuture => $"{what} must be today or in the past",
            FaultCode.BeforeRaised =>
                $"{what} must be on or after {UkDates.Date(fault.Day!.Value)}, when the concern was raised",
            FaultCode.BeforeDiscussion => $"{what} must be on or after the date it was discussed",
            FaultCode.AgencyOutside => $"{what} must be one of the agencies of the case",
            FaultCode.ChairInvolved => $"{what} must not be one of the agencies of the case",
            FaultCode.UnknownAgency when part is FormPart.FromList list => UnknownAgency(list, values),
            FaultCode.NamedTwice
            or FaultCode.TooLongAgo
            or FaultCode.UnknownAgency
            or FaultCode.SameAgency
            or FaultCode.NotReviewDay
            or FaultCode.Malformed => $"{what}: {Sentence.LowerFirst(fault.Text.TrimEnd('.'))}",
            _ => throw new InvalidOperationException($"A form has no words for {fault.Code}."),
        };
    }

    private static string UnknownAgency(FormPart.FromList part, FormValues values)
    {
        var offersOther = part.Choices.Any(c => c.Id == Party.Other);
        if (LongChoice.IsTyped(part.Choices))
            return LongChoice.Unknown(part.Choices, values[part.Name], "agency")
                + (offersOther ? ", or “other” for one that is not there" : "");
        return $"Select {part.What} from the list" + (offersOther ? ", or “Another agency” and enter its name" : "");
    }
}
