namespace Escalation.Core.Cases;

/// <summary>An event with its place in the case.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="At">UTC; never before the event before it.</param>
/// <param name="Command">The command that caused it; null for what fell due.</param>
public sealed record Recorded(int Number, DateTimeOffset At, CaseEvent Event, CommandMark? Command);

/// <summary>Marks every event that a command caused.</summary>
/// <param name="Digest">Salted digest of what the command said, to tell a repeat from another command under the same id.</param>
/// <param name="Answer">What its caller was told: <see cref="Answers"/>.</param>
/// <param name="Actor">Who: <c>intake</c>, <c>link:CONTACT</c>, <c>key:ID</c>, <c>mail</c>.</param>
public sealed record CommandMark(string Id, string Digest, string Answer, string Actor);

/// <summary>What a command's sender is told, the first time and at every repeat; recorded with its events.</summary>
public static class Answers
{
    public const string Done = "done";

    /// <summary>Recorded as a late response: its stage had closed.</summary>
    public const string StageClosed = "stageClosed";
}
