using Escalation.Core.Cases;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails;

/// <summary>Puts a letter together. Of people it names the recipient alone; no free text of anybody is in it.</summary>
internal static class LetterWriter
{
    public static Letter Write(NoticeContext o, LetterLinks links)
    {
        var message = Messages.For(o);
        return new Letter
        {
            Subject = LetterText.OneLine($"{o.Case.Reference} {message.Subject}"),
            Heading = StageWords.Capital(LetterText.OneLine(message.Subject)),
            Reference = o.Case.Reference,
            Preview = message.Lead[0],
            Name = LetterText.OneLine(o.Recipient.Person.Name),
            Due = LetterDues.For(o, message),
            Lead = [.. Before(o, message), .. message.Lead],
            Links = message.Asks ? links.For(o) : [],
            Facts = [.. LetterFacts.For(o, message)],
            Parts = [.. LetterParts.For(o, message)],
            Foot = [.. Foot(o)],
        };
    }

    private static IEnumerable<string> Before(NoticeContext o, Message message)
    {
        if (o.Case.ImminentRisk && (message.Asks || o.Queued.Kind == NoticeKinds.Urgent))
            yield return $"Imminent risk of harm was reported. {o.Policy.Urgent.Instruction}";
        if (o.Queued.InsteadOf is { } missing)
            yield return Instead(o, missing);
    }

    /// <summary>A fallback names the tier that had nobody; a deputy stands in for a contact, who is not named.</summary>
    private static string Instead(NoticeContext o, string missing) =>
        missing.Contains('/')
            ? "You get this email because it could not be delivered to a colleague for whom you are the deputy."
            : $"You get this email because the directory has nobody to ask for: {StageWords.Tiers(missing)}.";

    private static IEnumerable<string> Foot(NoticeContext o)
    {
        if (o.Policy.RecordMarking is { } marking)
            yield return marking;
        yield return $"{o.Policy.Name}, {o.Policy.PartnershipName} ({o.Policy.Edition}).";
        if (o.ManagerAddress is not null)
            yield return "Reply to this email to reach the business manager.";
        var head = Convert.ToHexStringLower(o.Document.Head);
        yield return $"Record of this case: {o.Case.Events} events, ending {head[..12]} ({head}). "
            + "Keep this email: it shows if the record is ever rewritten.";
    }
}
