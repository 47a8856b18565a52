namespace Escalation.Core.Calendars;

/// <summary>A bank holiday of one division, on the day on which it is observed.</summary>
/// <param name="Notes">As printed in the feed ("Substitute day"); empty where there are none.</param>
public sealed record BankHoliday(DateOnly Date, string Title, string Notes)
{
    /// <summary>
    /// Why the day does not count, in words: "Christmas Day (bank holiday)", "Boxing Day (bank holiday, substitute
    /// day)".
    /// </summary>
    internal string Reason
    {
        get
        {
            var kind = Title.Contains("bank holiday", StringComparison.OrdinalIgnoreCase) ? "" : "bank holiday";
            var notes = Notes.ToLowerInvariant();
            var remark = notes.Contains(kind) ? notes : kind + (notes.Length == 0 ? "" : ", " + notes);
            return remark.Length == 0 ? Title : $"{Title} ({remark})";
        }
    }
}

/// <summary>A local day on which one partnership does not work, besides weekends and bank holidays.</summary>
/// <param name="Reason">In words, as a deadline's explanation shows it.</param>
public sealed record Closure(DateOnly Date, string Reason);

/// <summary>A bank holiday with its division.</summary>
public sealed record DivisionHoliday(string Division, BankHoliday Holiday)
{
    public override string ToString() => $"{Division}: {UkDates.Date(Holiday.Date)}, {Holiday.Title}";
}
