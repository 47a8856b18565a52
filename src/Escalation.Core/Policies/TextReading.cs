using Escalation.Core.Calendars;

namespace Escalation.Core.Policies;

/// <summary>A place at which the published text can be read in more than one way: the partnership chooses, and may choose anew.</summary>
/// <param name="Id">One word in camelCase, which no other place has.</param>
/// <param name="Question">What has to be chosen, in a sentence.</param>
/// <param name="Chosen">The id of the reading that holds.</param>
public sealed record TextReading(
    string Id,
    string Question,
    string Chosen,
    IReadOnlyList<ReadingChoice> Choices,
    Basis Basis
);

/// <summary>One way to read it.</summary>
/// <param name="Id">One word in camelCase.</param>
/// <param name="Name">The reading in words.</param>
/// <param name="Limits">Limits that are other ones then than the stages say; empty for the reading by which the stages are written.</param>
public sealed record ReadingChoice(string Id, string Name, IReadOnlyList<LimitReading> Limits);

/// <summary>A limit of a stage under one reading.</summary>
/// <param name="Stage">The stage's id.</param>
/// <param name="For">Which of its limits.</param>
/// <param name="From">As in the stage's limit.</param>
public sealed record LimitReading(
    string Stage,
    LimitFor For,
    TimeLimit? Limit = null,
    string From = "opened",
    StageCap? Cap = null
);
