using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Standalone.Settings;

namespace Escalation.Standalone.Commands;

/// <summary>A policy document in a file, and what is said of it. Each fault has a line.</summary>
internal static class PolicyFile
{
    /// <exception cref="HostFault">It cannot be read, or is no policy.</exception>
    public static async Task<Policy> ReadAsync(string file, CancellationToken cancel)
    {
        try
        {
            var reading = OwnPolicyDocument.Read(file, await File.ReadAllBytesAsync(file, cancel));
            return reading.Policy ?? throw Faulty(file, reading.Errors);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Faulty(file, [new PolicyError(file, "document", $"cannot be read: {e.Message}")]);
        }
    }

    public static HostFault Faulty(string file, IReadOnlyList<PolicyError> errors) =>
        new(string.Join(Environment.NewLine, errors.Select(e => e with { File = file })));

    public static string Described(string file, Policy policy) =>
        $"{file}: {policy.Id} version {policy.Version} of {policy.Partnership}, {policy.Stages.Count} stages";
}
