using System.Diagnostics.CodeAnalysis;
using Escalation.Standalone.Clocks;

namespace Escalation.Standalone.Settings;

/// <summary>How the host is to run.</summary>
/// <param name="Urls">One at least.</param>
/// <param name="Clock">Where a clock that stands still starts; null: the machine's.</param>
internal sealed record RunOptions(IReadOnlyList<string> Urls, string Data, bool Demo, DateTimeOffset? Clock)
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <param name="given">Options by name with their dashes; flags have an empty value.</param>
    /// <param name="data">The data folder.</param>
    public static bool TryRead(
        IReadOnlyDictionary<string, string> given,
        string data,
        [NotNullWhen(true)] out RunOptions? options,
        [NotNullWhen(false)] out string? fault
    )
    {
        options = null;
        fault = null;
        var urls = given
            .GetValueOrDefault("--urls", DefaultUrl)
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (urls.Length == 0 || urls.FirstOrDefault(u => !IsListenable(u)) is not null)
            fault = $"--urls needs http or https addresses, as {DefaultUrl}.";
        DateTimeOffset? clock = null;
        if (given.TryGetValue("--clock", out var text))
        {
            if (InstantText.TryParse(text, out var instant))
                clock = instant;
            else
                fault ??= $"--clock needs an instant, as 2026-12-23T10:00:00Z; '{text}' is none.";
        }
        var demo = given.ContainsKey("--demo");
        if (clock is not null && !demo)
            fault ??= "--clock works only with --demo: a real installation's time is never moved.";
        if (fault is not null)
            return false;
        options = new RunOptions(urls, data, demo, clock);
        return true;
    }

    private static bool IsListenable(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https" && !address.IsUnixPipe;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
