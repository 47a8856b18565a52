using System.Numerics;

namespace Escalation.Core.Calendars;

/// <summary>Which days are working days: a bit a day over a span of years, weekends and the given days outside it.</summary>
internal sealed class WorkingDays
{
    private const int Word = 64;
    private readonly IReadOnlyDictionary<DateOnly, string> _off;
    private readonly int _first;
    private readonly int _length;
    private readonly ulong[] _bits;

    /// <summary>Working days of the span before the word of the same index.</summary>
    private readonly int[] _before;

    public WorkingDays(DateOnly first, DateOnly last, IReadOnlyDictionary<DateOnly, string> off)
    {
        _off = off;
        _first = first.DayNumber;
        _length = last.DayNumber - _first + 1;
        _bits = new ulong[_length / Word + 1];
        _before = new int[_bits.Length];
        for (var i = 0; i < _length; i++)
            if (!IsWeekend(_first + i))
                _bits[i / Word] |= 1UL << (i % Word);
        foreach (var day in off.Keys)
            if (day.DayNumber - _first is var i and >= 0 && i < _length)
                _bits[i / Word] &= ~(1UL << (i % Word));
        for (var word = 1; word < _bits.Length; word++)
            _before[word] = _before[word - 1] + BitOperations.PopCount(_bits[word - 1]);
    }

    public bool Contains(int dayNumber)
    {
        var i = dayNumber - _first;
        return (uint)i < (uint)_length
            ? (_bits[i / Word] >> (i % Word) & 1) != 0
            : !IsWeekend(dayNumber) && !_off.ContainsKey(DateOnly.FromDayNumber(dayNumber));
    }

    /// <summary>Working days after the first day, to the second inclusive.</summary>
    public int Between(int after, int through)
    {
        if (through <= after)
            return 0;
        if (after >= _first && through < _first + _length)
            return UpTo(through) - UpTo(after);
        var count = 0;
        for (var day = after + 1; day <= through; day++)
            if (Contains(day))
                count++;
        return count;
    }

    /// <summary>0001-01-01, day number 0, was a Monday.</summary>
    private static bool IsWeekend(int dayNumber) => dayNumber % 7 >= 5;

    private int UpTo(int dayNumber)
    {
        var i = dayNumber - _first;
        return _before[i / Word] + BitOperations.PopCount(_bits[i / Word] & (ulong.MaxValue >> (Word - 1 - i % Word)));
    }
}
