using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Escalation.Testing.Cases;

/// <summary>Checks a proof pack as its README says, from its files alone: nothing of the program's own is used.</summary>
public static class ProofCheck
{
    /// <returns>What is wrong; empty: the chain is whole.</returns>
    public static IReadOnlyList<string> Check(IReadOnlyDictionary<string, byte[]> files)
    {
        using var summary = JsonDocument.Parse(files["summary.json"]);
        var (wrong, head, missing) = (new List<string>(), new byte[32], 0);
        var lines = Encoding
            .UTF8.GetString(files["hashes.txt"])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split(' '))
            .ToList();
        foreach (var line in lines)
        {
            var (number, stated) = (line[0], Convert.FromHexString(line[1]));
            if (!files.TryGetValue($"events/{number}.json", out var content))
            {
                (head, missing) = (stated, missing + 1);
                continue;
            }
            head = SHA256.HashData([.. head, .. content]);
            if (!head.SequenceEqual(stated))
            {
                (head, wrong) = (stated, [.. wrong, $"event {number}"]);
                continue;
            }
            if (
                files.TryGetValue($"words/{number}.json", out var words)
                && Convert.ToHexStringLower(SHA256.HashData([.. files[$"words/{number}.salt"], .. words]))
                    != Seal(content)
            )
                wrong.Add($"words {number}");
        }
        if (
            lines.Count != summary.RootElement.GetProperty("events").GetInt32()
            || Convert.ToHexStringLower(head) != summary.RootElement.GetProperty("head").GetString()
        )
            wrong.Add("head");
        if (missing != summary.RootElement.GetProperty("withheld").GetInt32())
            wrong.Add("missing");
        if (
            Convert.ToHexStringLower(SHA256.HashData(files["policy.json"]))
            != summary.RootElement.GetProperty("policyHash").GetString()
        )
            wrong.Add("policy");
        return wrong;
    }

    private static string? Seal(byte[] content)
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            return json.RootElement.TryGetProperty("seal", out var seal) ? seal.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
