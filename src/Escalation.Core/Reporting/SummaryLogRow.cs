namespace Escalation.Core.Reporting;

/// <summary>
/// A line of the agency escalation summary log: the columns of Sandwell's appendix 4; Sefton's appendix 1 prints none and uses the same.
/// Holds personal data: for the staff of an agency of the case, and of the partnership.
/// </summary>
public sealed record SummaryLogRow
{
    /// <summary>"Escalation number".</summary>
    public required string Reference { get; init; }
    public required string Policy { get; init; }

    /// <summary>Local date.</summary>
    public required DateOnly RaisedOn { get; init; }

    /// <summary>The agency by its name in the directory; for one outside it the name given at intake, while kept.</summary>
    public required string RaisedBy { get; init; }

    /// <summary>Receiving or involved.</summary>
    public required IReadOnlyList<string> Others { get; init; }

    /// <summary>The agency's own; null in a log of all agencies.</summary>
    public string? CaseNumber { get; init; }
    public string? Name { get; init; }
    public DateOnly? DateOfBirth { get; init; }

    /// <summary>In whole years on the day the concern was raised; born on 29 February, a year older on 1 March.</summary>
    public int? Age { get; init; }

    /// <summary>As given at intake, else the natures in words.</summary>
    public string? Concern { get; init; }
    public string? LevelOfNeed { get; init; }

    /// <summary>"Summary of professional disagreement".</summary>
    public string? Disagreement { get; init; }

    /// <summary>"Action taken towards resolution": what each stage recorded, then the agreed actions; a line each.</summary>
    public string? ActionTaken { get; init; }
    public required string Outcome { get; init; }

    /// <summary>Retention removed the person and every free text.</summary>
    public bool PersonalDataRemoved { get; init; }

    /// <summary>To be printed on what is exported, or null.</summary>
    public string? RecordMarking { get; init; }
}
