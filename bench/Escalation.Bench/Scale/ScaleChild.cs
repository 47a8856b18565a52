using System.Diagnostics;
using System.Globalization;
using Escalation.Core.Storage;
using Escalation.Standalone.Storage;

namespace Escalation.Bench.Scale;

/// <summary>What a process that opens one database measures of itself.</summary>
/// <param name="Start">Seconds from the process's start to the store's first answer.</param>
/// <param name="Earliest">Seconds, the median of warm calls; so is <paramref name="Page"/>.</param>
/// <param name="PeakMemory">MiB: VmHWM, the most it ever had resident, mapped libraries included.</param>
/// <param name="PrivateMemory">MiB: RssAnon at the end.</param>
internal sealed record ScaleFigures(double Start, double Earliest, double Page, double PeakMemory, double PrivateMemory)
{
    public static ScaleFigures Parse(string line)
    {
        var values = line.Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray();
        return new(values[0], values[1], values[2], values[3], values[4]);
    }

    public string Line =>
        string.Join(
            ' ',
            new[] { Start, Earliest, Page, PeakMemory, PrivateMemory }.Select(v =>
                v.ToString("R", CultureInfo.InvariantCulture)
            )
        );
}

internal static class ScaleChild
{
    public const string Argument = "--scale-child";
    private const int WarmUp = 200,
        Calls = 1_000;

    public static async Task<int> RunAsync(string folder)
    {
        await using var store = SqliteCaseStore.Open(folder);
        if (await store.EarliestAsync(CancellationToken.None) is not { } earliest)
            return 1;
        using var process = Process.GetCurrentProcess();
        var start = (DateTime.Now - process.StartTime).TotalSeconds;
        var query = new TrackerQuery { Partnership = ScaleFile.PartnershipOf(2), Now = earliest };
        if ((await store.TrackerAsync(query, CancellationToken.None)).Rows.Count != query.Limit)
            return 1;
        var first = await MedianAsync(() => store.EarliestAsync(CancellationToken.None));
        var page = await MedianAsync(() => store.TrackerAsync(query, CancellationToken.None));
        Console.WriteLine(new ScaleFigures(start, first, page, Status("VmHWM:"), Status("RssAnon:")).Line);
        return 0;
    }

    /// <summary>Runs a child on the folder.</summary>
    public static async Task<ScaleFigures> StartAsync(string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Argument, folder])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var child =
            Process.Start(start) ?? throw new InvalidOperationException("The child process did not start.");
        var line = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return child.ExitCode == 0
            ? ScaleFigures.Parse(line.Trim())
            : throw new InvalidOperationException("The child process failed.");
    }

    private static async Task<double> MedianAsync(Func<Task> call)
    {
        var times = new List<double>();
        for (var i = 0; i < WarmUp + Calls; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await call();
            if (i >= WarmUp)
                times.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
        times.Sort();
        return times[Calls / 2];
    }

    /// <summary>Of Linux's account of this process, in MiB.</summary>
    private static double Status(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line[name.Length..].Replace("kB", ""), CultureInfo.InvariantCulture) / 1024;
    }
}
