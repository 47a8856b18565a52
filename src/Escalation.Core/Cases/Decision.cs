namespace Escalation.Core.Cases;

/// <summary>What a command comes to: events, or a refusal. A refusal writes nothing.</summary>
public abstract record Decision
{
    private Decision() { }

    /// <param name="Events">May be empty: nothing to change.</param>
    /// <param name="Answer">See <see cref="Answers"/>.</param>
    public sealed record Accepted(IReadOnlyList<Recorded> Events, Case Case, string Answer) : Decision
    {
        /// <summary>What holds for the case after the events, which may have led it to another policy; null: as before them.</summary>
        public Policies.Policy? Policy { get; init; }
    }

    public sealed record Refused(Refusal Why) : Decision;
}

/// <param name="Code">A stable code of the HTTP contract.</param>
/// <param name="Reason">In words, without personal data.</param>
/// <param name="Errors">Field to what is wrong with it, for a bad body.</param>
public sealed record Refusal(string Code, string Reason, IReadOnlyDictionary<string, Fault[]>? Errors = null)
{
    /// <summary>The procedure under which it is done instead; null: none.</summary>
    public string? Policy { get; init; }

    /// <summary>Of a body with fields that need attention.</summary>
    public static Refusal Invalid(IReadOnlyDictionary<string, Fault[]> errors) =>
        new(Codes.Invalid, "Some fields need attention.", errors);

    /// <summary>Of a body with one field that needs attention.</summary>
    public static Refusal Invalid(string field, FaultCode code, string text) =>
        Invalid(new Dictionary<string, Fault[]>(StringComparer.Ordinal) { [field] = [new Fault(code, text)] });
}

/// <summary>Why something was refused, as in the HTTP contract: never renamed.</summary>
public static class Codes
{
    public const string Invalid = "invalid",
        Unauthorised = "unauthorised",
        Forbidden = "forbidden",
        NotFound = "notFound",
        Conflict = "conflict";
    public const string StageClosed = "stageClosed",
        Gone = "gone",
        TooLarge = "tooLarge",
        NotAllowed = "notAllowed";
    public const string MethodNotAccepted = "methodNotAccepted",
        NotThisProcess = "notThisProcess",
        TooMany = "tooMany",
        Unavailable = "unavailable";
}
