namespace Escalation.Core.Cases;

/// <summary>Who reads a case, as far as it decides what they may know of it.</summary>
/// <param name="Agency">For whom they read: an agency, or the partnership by its id. Null: who runs the partnership, and reads all.</param>
/// <param name="Addresses">Whether email addresses of people are theirs to see.</param>
public sealed record CaseReader(string? Agency, bool Addresses)
{
    /// <summary>Those who run the partnership.</summary>
    public static CaseReader Partnership { get; } = new(null, Addresses: true);

    /// <summary>References of the possible duplicates that the reader sees; of any other they are not told.</summary>
    public IReadOnlyCollection<string> OtherCases { get; init; } = [];
}
