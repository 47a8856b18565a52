namespace Escalation.Core.Cases;

/// <summary>
/// The calendar entry that went with a notice. What comes after it about the same stage, a change or the cancellation, has to say the same
/// of it, or calendars take it for something else: whatever the installation's settings and the directory have become meanwhile.
/// </summary>
/// <param name="Stage">The stage whose deadline it is.</param>
/// <param name="Uid">The entry's name in every calendar that has it.</param>
/// <param name="Organiser">Email address; null: it named none.</param>
/// <param name="Sequence">Grows with each change of the entry.</param>
/// <param name="Ends">The deadline, as the entry said it.</param>
/// <param name="Cancelled">True: it took the entry back.</param>
public sealed record Invitation(
    string Stage,
    string Uid,
    string? Organiser,
    int Sequence,
    DateTimeOffset Ends,
    bool Cancelled
);
