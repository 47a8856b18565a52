using System.Globalization;
using System.Text.RegularExpressions;

namespace Escalation.Standalone.Clocks;

/// <summary>Instants as RFC 3339 writes them, with <c>Z</c> or an offset: a time without one is refused rather than guessed at.</summary>
internal static partial class InstantText
{
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        return text is not null
            && Shape().IsMatch(text)
            && DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal,
                out instant
            );
    }

    [GeneratedRegex(
        @"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?([Zz]|[+-]\d{2}:\d{2})$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Shape();
}
