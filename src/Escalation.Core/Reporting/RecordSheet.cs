using Escalation.Core.Policies;

namespace Escalation.Core.Reporting;

/// <summary>A form filled from a case.</summary>
public sealed record RecordSheet(RecordForm Form, IReadOnlyList<FilledSection> Sections);

public sealed record FilledSection(string Heading, IReadOnlyList<FilledLine> Lines);

public sealed record FilledLine(string Label, RecordAnswer Answer);

/// <summary>What stands at a line of a form.</summary>
public abstract record RecordAnswer
{
    private RecordAnswer() { }

    /// <summary>Paragraphs in their order; none: nothing was recorded.</summary>
    public sealed record Text(IReadOnlyList<string> Paragraphs) : RecordAnswer;

    /// <summary>Every choice of the form, and whether it is ticked.</summary>
    public sealed record Ticks(IReadOnlyList<(string Label, bool Ticked)> Choices) : RecordAnswer;

    public sealed record Table(IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<string>> Rows) : RecordAnswer;

    /// <summary>To be filled by hand.</summary>
    public sealed record Blank : RecordAnswer;
}
