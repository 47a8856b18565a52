namespace Escalation.Web.Emails;

/// <summary>An email before it has a look: the same words become its text and its HTML.</summary>
public sealed record Letter
{
    public required string Subject { get; init; }
    public required string Name { get; init; }

    /// <summary>What happened and what is asked, a paragraph each.</summary>
    public required IReadOnlyList<string> Lead { get; init; }
    public IReadOnlyList<LetterLink> Links { get; init; } = [];
    public IReadOnlyList<LetterFact> Facts { get; init; } = [];
    public IReadOnlyList<LetterPart> Parts { get; init; } = [];
    public IReadOnlyList<string> Foot { get; init; } = [];
}

public sealed record LetterLink(string Label, string Url);

public sealed record LetterFact(string Term, string Detail);

/// <param name="Lines">A list item each.</param>
public sealed record LetterPart(string Heading, IReadOnlyList<string> Lines);
