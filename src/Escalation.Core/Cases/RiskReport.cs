namespace Escalation.Core.Cases;

/// <summary>A report of imminent risk of which people were told; what was said again within the hour is none.</summary>
/// <param name="Event">The number of the event that says so.</param>
/// <param name="Agency">Whose people reported it: an agency of the case, or the partnership's id.</param>
/// <param name="Acting">
/// Who does what the text asks of those who believe that there is such a risk: the agency that reported it. What the partnership
/// reports, it does so for the agency that raised the concern.
/// </param>
/// <param name="Stage">The stage that was open then; null: it was reported at intake.</param>
/// <param name="By">Who reported it; null after retention removed it.</param>
public sealed record RiskReport(
    int Event,
    string Agency,
    string Acting,
    string? Stage,
    DateTimeOffset At,
    PersonName? By
);

/// <summary>What somebody has to do with imminent risk.</summary>
public enum RiskPart
{
    /// <summary>Their agency reported it, and does what the text asks of whoever does.</summary>
    Act,

    /// <summary>Another agency of the case did: theirs protects the person with what it has.</summary>
    Protect,

    /// <summary>They are no agency of the case, and are told that it was reported.</summary>
    Know,
}
