using System.Diagnostics;
using System.Globalization;
using Escalation.Testing;

namespace Escalation.Standalone.Tests.Disks;

/// <summary>A test on a small disk of its own: skipped, with the reason, where none may be mounted.</summary>
public sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly bool MayMount = Mounts();

    public SmallDiskFactAttribute()
    {
        if (!MayMount)
            Skip = "Needs Linux, and root that may mount a tmpfs.";
    }

    private static bool Mounts()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
            return false;
        try
        {
            new SmallDisk(megabytes: 1).Dispose();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}

/// <summary>A tmpfs that can be filled and freed. One that a killed run left behind is unmounted by the next.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const string Prefix = "escalation-disk-";

    public SmallDisk(int megabytes)
    {
        RemoveAbandoned();
        Path = Directory.CreateTempSubdirectory($"{Prefix}{Environment.ProcessId}-").FullName;
        try
        {
            Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", Path);
        }
        catch
        {
            Directory.Delete(Path);
            throw;
        }
    }

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Takes every byte that is left.</summary>
    public void Fill()
    {
        using var filler = new FileStream(
            this["filler"],
            FileMode.Append,
            FileAccess.Write,
            FileShare.ReadWrite,
            bufferSize: 0
        );
        var page = new byte[4096];
        try
        {
            while (true)
                filler.Write(page);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Free() => File.Delete(this["filler"]);

    public void Dispose() => Remove(Path);

    private static void RemoveAbandoned()
    {
        foreach (var folder in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), Prefix + "*"))
        {
            var owner = int.Parse(
                System.IO.Path.GetFileName(folder)[Prefix.Length..].Split('-')[0],
                CultureInfo.InvariantCulture
            );
            if (!Directory.Exists($"/proc/{owner}"))
                Remove(folder);
        }
    }

    private static void Remove(string folder)
    {
        // Of a run that was killed before it mounted or after it unmounted, the bare folder is left.
        if (File.ReadLines("/proc/mounts").Any(line => line.Split(' ')[1] == folder))
            Run("umount", "--lazy", folder);
        Directory.Delete(folder);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true }
        )!;
        var said = process.StandardError.ReadToEnd();
        Assert.True(process.WaitForExit(Waiting.AtMost), $"{program} does not end.");
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {said}");
    }
}
