using Escalation.Core.Storage;
using Escalation.Functions.Sweeping;
using Escalation.Web.Health;
using Escalation.Web.Wording;

namespace Escalation.Functions.Health;

/// <summary>Whether the nightly comparison comes to its end.</summary>
internal sealed class ComparisonHealth(IRecords records) : IHostHealth
{
    private const string What = "Nightly comparison of cases and orchestrations";

    /// <summary>A night is missed when none has ended for so long.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromHours(36);

    public async Task<HealthLine> LineAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if ((await ComparisonPass.ReadAsync(records, cancel)).Pass is not { } pass)
            return new HealthLine(
                What,
                HealthState.Look,
                "It has not run yet",
                "It runs every night. Look at the function Comparison if this stays."
            );
        var cases = CountWords.Of(pass.Compared, "case");
        if (pass.Ended is not { } ended)
        {
            var soFar = $"It began on {HealthWords.Moment(pass.Began)} and has compared {cases} so far";
            return now - pass.Began < Usual
                ? new HealthLine(What, HealthState.Well, soFar)
                : new HealthLine(
                    What,
                    HealthState.Act,
                    soFar,
                    "It does not come to its end. Look at the failed runs of the function Comparison."
                );
        }
        var figure = $"{cases} on {HealthWords.Moment(ended)}, {CountWords.Number(pass.Mended)} mended";
        if (now - ended >= Usual)
            return new HealthLine(
                What,
                HealthState.Act,
                figure,
                "It has not run since. Look at the function Comparison."
            );
        if (pass.Failed == 0)
            return new HealthLine(What, HealthState.Well, figure);
        var failed = $"{figure}, {CountWords.Number(pass.Failed)} not compared";
        return new HealthLine(What, HealthState.Act, failed, "The program’s log names each case with its fault.");
    }
}
