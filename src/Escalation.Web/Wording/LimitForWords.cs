using Escalation.Core.Policies;

namespace Escalation.Web.Wording;

/// <summary>What a limit asks for, before the instant by which it is asked.</summary>
internal static class LimitForWords
{
    /// <summary>To those who are asked: "Answer by".</summary>
    public static string Asked(LimitFor what) =>
        what switch
        {
            LimitFor.Contact => "Make contact by",
            LimitFor.Discussion => "Discuss it by",
            LimitFor.Referral => "Refer it by",
            LimitFor.Decision => "Decide by",
            LimitFor.Answer or LimitFor.Outcome => "Answer by",
            _ => throw new InvalidOperationException($"No words are known for a limit for {what}."),
        };

    /// <summary>To others: "To be answered by".</summary>
    public static string Told(LimitFor what) =>
        what switch
        {
            LimitFor.Contact => "Contact to be made by",
            LimitFor.Discussion => "To be discussed by",
            LimitFor.Referral => "To be referred by",
            LimitFor.Decision => "To be decided by",
            LimitFor.Answer or LimitFor.Outcome => "To be answered by",
            _ => throw new InvalidOperationException($"No words are known for a limit for {what}."),
        };

    /// <summary>Inside a sentence: "to be answered by".</summary>
    public static string Inline(LimitFor what) => Lower(Told(what));

    /// <summary>In a subject: "answer by".</summary>
    public static string InSubject(LimitFor what) => Lower(Asked(what));

    /// <summary>What was not there when it was missed: "without an outcome".</summary>
    public static string Missing(LimitFor what) =>
        what switch
        {
            LimitFor.Contact => "without contact",
            LimitFor.Discussion => "without a discussion",
            LimitFor.Answer => "without an answer",
            LimitFor.Referral => "without a referral",
            LimitFor.Decision => "without a decision",
            LimitFor.Outcome => "without an outcome",
            _ => throw new InvalidOperationException($"No words are known for a limit for {what}."),
        };

    /// <summary>When it was met: "contact was made".</summary>
    public static string Happened(LimitFor what) =>
        what switch
        {
            LimitFor.Contact => "contact was made",
            LimitFor.Discussion => "it was discussed",
            LimitFor.Answer => "an answer was given",
            LimitFor.Referral => "the matter was referred",
            LimitFor.Outcome or LimitFor.Decision => "an outcome was recorded",
            _ => throw new InvalidOperationException($"No words are known for a limit for {what}."),
        };

    private static string Lower(string words) => char.ToLowerInvariant(words[0]) + words[1..];
}
