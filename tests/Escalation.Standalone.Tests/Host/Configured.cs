using Escalation.Standalone.Settings;
using Microsoft.Extensions.Configuration;

namespace Escalation.Standalone.Tests.Host;

/// <summary>Settings as an operator gives them, read as the host reads them.</summary>
internal static class Configured
{
    /// <param name="settings">By their names without the prefix, a section's with a colon: <c>Smtp:Host</c>.</param>
    public static HostSettings Read(params (string Name, string? Value)[] settings) =>
        HostSettings.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Name, s.Value)))
                .Build()
        );

    /// <summary>What is said to be wrong with them: the sentence's end, a fault after the other.</summary>
    public static string Refusal(params (string Name, string? Value)[] settings)
    {
        const string start = "The settings (appsettings.json, ESCALATION_…) are not valid: ";
        var fault = Assert.Throws<HostFault>(() => Read(settings));
        Assert.StartsWith(start, fault.Message, StringComparison.Ordinal);
        return fault.Message[start.Length..];
    }
}
