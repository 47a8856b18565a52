namespace Escalation.Web.Links;

/// <summary>The page after something was recorded.</summary>
/// <param name="IsLate">True: it was recorded and moved nothing.</param>
/// <param name="Recorded">What was recorded, a fact each.</param>
/// <param name="Next">What happens now, and by when.</param>
/// <param name="Told">Agencies whose people are sent an email of it.</param>
public sealed record Receipt(
    string Title,
    string Reference,
    bool IsLate,
    IReadOnlyList<(string Label, string Value)> Recorded,
    IReadOnlyList<string> Next,
    IReadOnlyList<string> Told
)
{
    /// <summary>What is to be done after it, and by when, in the procedure's words.</summary>
    public IReadOnlyList<string> Duties { get; init; } = [];
}
