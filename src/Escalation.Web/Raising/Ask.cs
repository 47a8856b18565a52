using Escalation.Web.Forms;

namespace Escalation.Web.Raising;

/// <summary>One thing that the form asks.</summary>
public abstract record Ask
{
    private Ask() { }

    /// <summary>
    /// As in the HTTP contract's body, with brackets for entries of a list: <c>receivedBy[0].email</c>. Empty where
    /// nothing is sent.
    /// </summary>
    public required string Name { get; init; }
    public required string Label { get; init; }

    /// <summary>In an error message after "Enter" or "Select": "the name of the child".</summary>
    public required string What { get; init; }
    public string? Hint { get; init; }
    public bool Optional { get; init; }

    /// <param name="Rows">0: a single line.</param>
    public sealed record Line(int Rows = 0, string Type = "text", string? Autocomplete = null) : Ask;

    public sealed record Day : Ask;

    /// <param name="Empty">What stands for no choice; null: the first is chosen.</param>
    public sealed record Pick(IReadOnlyList<Choice> Choices, string? Empty = "Choose one") : Ask
    {
        /// <summary>What to type where the list is too long for a page.</summary>
        public string TypedHint { get; init; } = "";
    }

    public sealed record One(IReadOnlyList<Choice> Choices) : Ask;

    public sealed record Many(IReadOnlyList<Choice> Choices) : Ask;

    /// <summary>Shown, and settled already.</summary>
    public sealed record Settled(string Words) : Ask;
}

/// <summary>Questions that belong together: an agency's, a colleague's.</summary>
/// <param name="Legend">Null: they need no name of their own.</param>
/// <param name="Folded">Seldom needed: folded away while nothing is typed.</param>
public sealed record AskGroup(string? Legend, IReadOnlyList<Ask> Asks, bool Folded = false);

/// <summary>A part of the form under a heading.</summary>
/// <param name="Hints">Paragraphs before the questions.</param>
/// <param name="More">The step that adds a group, and the words on its button; null: there is none.</param>
public sealed record AskSection(
    string Id,
    string Title,
    IReadOnlyList<string> Hints,
    IReadOnlyList<AskGroup> Groups,
    (string Step, string Words)? More = null
)
{
    public IEnumerable<Ask> Asks => Groups.SelectMany(g => g.Asks);
}
