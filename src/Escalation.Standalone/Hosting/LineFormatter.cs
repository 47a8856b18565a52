using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Escalation.Standalone.Hosting;

/// <summary>
/// A log for people: instant (UTC), level when it is not the usual one, message; one line for each entry, whatever it
/// holds.
/// </summary>
internal sealed class LineFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter
    )
    {
        // A start that failed is said in one line of its own, by whoever started it.
        if (logEntry.EventId.Name == "HostedServiceStartupFaulted")
            return;
        var line = logEntry.Formatter(logEntry.State, logEntry.Exception);
        if (logEntry.Exception is { } exception)
            line = $"{line} {exception}";
        var level =
            logEntry.LogLevel is LogLevel.Information ? "" : $"{logEntry.LogLevel.ToString().ToUpperInvariant()}: ";
        textWriter.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{clock.GetUtcNow():yyyy-MM-dd HH:mm:ss}Z {level}{line.ReplaceLineEndings(" ")}"
            )
        );
    }
}
