using Escalation.Core.Calendars;

namespace Escalation.Core.Policies;

/// <summary>
/// A day of the case that its rules count from (its conference, a meeting, a decision that was received) or run to (a day that the
/// agencies agree): asked for at intake. Where a case lacks it, what counts from it says so.
/// </summary>
/// <param name="Id">One word in camelCase, by which limits name it and a case keeps the day.</param>
/// <param name="Name">What it is called on the form and in the explanation of a deadline: "Child protection conference".</param>
/// <param name="Ahead">A day to come, which the agencies set for themselves; else one that has been.</param>
/// <param name="Window">How long after it a concern is to be raised: a later one is marked late, and never refused. Null: no matter
/// when.</param>
/// <param name="When">Asked for where this holds; null: always.</param>
public sealed record CaseDate(
    string Id,
    string Name,
    Basis Basis,
    bool Ahead = false,
    TimeLimit? Window = null,
    Condition? When = null
)
{
    /// <summary>As a limit is counted from it.</summary>
    public const string Anchor = "date";
}

/// <summary>A limit's length where a condition holds.</summary>
/// <param name="When">What has to hold of the concern.</param>
/// <param name="Limit">The length then.</param>
public sealed record ConditionalLength(Condition When, TimeLimit Limit);
