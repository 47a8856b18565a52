using Escalation.Core.Cases;

namespace Escalation.Core.Reporting;

/// <summary>What had to be done, and what became of it: <c>Arose</c> is the sum of the next three.</summary>
public sealed record DutyMeasures
{
    public int Arose { get; internal set; }

    /// <summary>Done on or before the local date due, or without a date.</summary>
    public int DoneInTime { get; internal set; }
    public int DoneLate { get; internal set; }
    public int Outstanding { get; internal set; }

    /// <summary>Of the outstanding, past their date.</summary>
    public int Overdue { get; internal set; }

    internal void Count(Duty duty)
    {
        Arose++;
        DoneInTime += duty is { IsDone: true, InTime: true } ? 1 : 0;
        DoneLate += duty is { IsDone: true, InTime: false } ? 1 : 0;
        Outstanding += duty.IsDone ? 0 : 1;
        Overdue += duty is { IsDone: false, Overdue: true } ? 1 : 0;
    }

    internal IEnumerable<(string Measure, int Value)> Measures() =>
        [
            ("arose", Arose),
            ("doneInTime", DoneInTime),
            ("doneLate", DoneLate),
            ("outstanding", Outstanding),
            ("overdue", Overdue),
        ];
}
