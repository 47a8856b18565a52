namespace Escalation.Web.Emails;

/// <summary>An email before it has a look: the same words, in the same order, become its text and its HTML.</summary>
public sealed record Letter
{
    /// <summary>Reference, stage, what, by when.</summary>
    public required string Subject { get; init; }

    /// <summary>The subject without the reference.</summary>
    public required string Heading { get; init; }
    public required string Reference { get; init; }

    /// <summary>What a list of emails shows beside the subject.</summary>
    public required string Preview { get; init; }
    public required string Name { get; init; }
    public LetterDue? Due { get; init; }

    /// <summary>What happened and what is asked, a paragraph each.</summary>
    public required IReadOnlyList<string> Lead { get; init; }
    public IReadOnlyList<LetterLink> Links { get; init; } = [];
    public IReadOnlyList<LetterFact> Facts { get; init; } = [];
    public IReadOnlyList<LetterPart> Parts { get; init; } = [];
    public IReadOnlyList<string> Foot { get; init; } = [];
}

/// <summary>By when, for the panel at the head.</summary>
/// <param name="Label">"Answer by".</param>
/// <param name="When">In local words.</param>
/// <param name="Left">How much time was left when this was sent, or what stands in its way.</param>
/// <param name="IsOver">True: it has passed. The words say so too.</param>
public sealed record LetterDue(string Label, string When, string Left, bool IsOver);

public sealed record LetterLink(string Label, string Url);

public sealed record LetterFact(string Term, string Detail);

/// <param name="Lines">A list item each.</param>
public sealed record LetterPart(string Heading, IReadOnlyList<string> Lines);
