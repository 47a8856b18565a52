using Escalation.Core.Cases;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails;

/// <summary>Puts a letter together. Of people it names the recipient alone; no free text of anybody is in it.</summary>
internal static class LetterWriter
{
    public static Letter Write(NoticeContext notice, LetterLinks links)
    {
        var message = Messages.For(notice);
        return new Letter
        {
            Subject = LetterText.OneLine($"{notice.Case.Reference} {message.Subject}"),
            Heading = StageWords.Capital(LetterText.OneLine(message.Subject)),
            Reference = notice.Case.Reference,
            Preview = message.Lead[0],
            Name = LetterText.OneLine(notice.Recipient.Person.Name),
            Due = LetterDues.For(notice, message),
            Lead = [.. Before(notice, message), .. message.Lead],
            Links = message.Asks ? links.For(notice) : [],
            Facts = [.. LetterFacts.For(notice, message)],
            Parts = [.. LetterParts.For(notice, message)],
            Foot = [.. Foot(notice)],
        };
    }

    private static IEnumerable<string> Before(NoticeContext notice, EmailWords message)
    {
        if (notice.Case.ImminentRisk && (message.Asks || notice.Queued.Kind == NoticeKinds.Urgent))
            yield return $"Imminent risk of harm was reported. {UrgentPart.Of(notice)}";
        if (notice.Queued.InsteadOf is { } missing)
            yield return Instead(notice, missing);
    }

    /// <summary>A fallback names the tier that had nobody; a deputy stands in for a contact, who is not named.</summary>
    private static string Instead(NoticeContext notice, string missing) =>
        missing.Contains('/')
            ? "You get this email because it could not be delivered to a colleague for whom you are the deputy."
            : $"You get this email because the directory has nobody to ask for: {StageWords.Tiers(missing)}.";

    private static IEnumerable<string> Foot(NoticeContext notice)
    {
        if (notice.Policy.RecordMarking is { } marking)
            yield return marking;
        yield return $"{notice.Policy.Name}, {notice.Policy.PartnershipName} ({notice.Policy.Edition}).";
        if (notice.ManagerAddress is not null)
            yield return "Reply to this email to reach the business manager.";
        var head = Convert.ToHexStringLower(notice.Document.Head);
        yield return $"Record of this case: {notice.Case.Events} events, ending {head[..12]} ({head}). "
            + "Keep this email: it shows if the record is ever rewritten.";
    }
}
