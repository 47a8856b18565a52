namespace Escalation.Standalone.Tests.Storage;

internal sealed class TemporaryFolder(string prefix = "escalation-") : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory(prefix).FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
