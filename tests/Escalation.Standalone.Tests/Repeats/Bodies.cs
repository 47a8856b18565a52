namespace Escalation.Standalone.Tests.Repeats;

/// <summary>
/// Bodies of commands about a Sandwell case raised on 23 December 2026. One fits several calls: each reads what is its
/// own.
/// </summary>
internal static class Bodies
{
    public static object Escalate(string id, string stage, string words = "No agreement.") =>
        Outcome(id, stage, "escalate", words);

    public static object Outcome(string id, string stage, string outcome, string words) =>
        new
        {
            id,
            stage,
            outcome,
            by = new { agency = "oak-primary", name = "Sam Teacher" },
            method = "phone",
            discussedOn = "2026-12-23",
            summary = words,
            text = words,
            reason = words,
            recordKeeper = "oak-primary",
        };
}
