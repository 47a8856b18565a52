using Escalation.Standalone.Clocks;
using Escalation.Standalone.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escalation.Standalone.Tests.Host;

public sealed class LineFormatterTests
{
    [Theory]
    [InlineData(LogLevel.Trace, "TRACE: ")]
    [InlineData(LogLevel.Debug, "DEBUG: ")]
    [InlineData(LogLevel.Information, "")]
    [InlineData(LogLevel.Warning, "WARNING: ")]
    [InlineData(LogLevel.Error, "ERROR: ")]
    [InlineData(LogLevel.Critical, "CRITICAL: ")]
    public void Every_level_but_the_usual_one_is_said(LogLevel level, string said)
    {
        using var written = new StringWriter();
        var entry = new LogEntry<string>(level, "category", 0, "All is well", null, (message, _) => message);

        new LineFormatter(new StandingClock(InProcess.Start)).Write(entry, null, written);

        Assert.Equal($"2026-12-23 10:00:00Z {said}All is well{Environment.NewLine}", written.ToString());
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    [InlineData("\f")]
    [InlineData("\u0085")]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    public void An_entry_is_one_line_whatever_breaks_a_line_in_its_message_or_its_exception(string lineBreak)
    {
        using var written = new StringWriter();
        var entry = new LogEntry<string>(
            LogLevel.Warning,
            "category",
            0,
            $"Refused: somebody{lineBreak}2026-12-23 10:00:00Z All is well",
            new InvalidOperationException($"One{lineBreak}two"),
            (message, _) => message
        );

        new LineFormatter(new StandingClock(InProcess.Start)).Write(entry, null, written);

        Assert.Equal(
            "2026-12-23 10:00:00Z WARNING: Refused: somebody 2026-12-23 10:00:00Z All is well "
                + $"System.InvalidOperationException: One two{Environment.NewLine}",
            written.ToString()
        );
    }
}
