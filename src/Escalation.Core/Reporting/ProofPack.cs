using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;

namespace Escalation.Core.Reporting;

/// <summary>A file of a proof pack.</summary>
public sealed record ProofFile(string Name, ReadOnlyMemory<byte> Content);

/// <summary>What a proof pack is about.</summary>
/// <param name="MadeAt">When it was made.</param>
/// <param name="Head">The chain's head, lower-case hex.</param>
/// <param name="Calendar">The calendar edition in force when the pack was made; the events hold the editions that their
/// deadlines were counted with.</param>
/// <param name="Withheld">Events whose text is not the asker's to know: only their hash is in the pack.</param>
/// <param name="Words">Whether the pack holds what people wrote, with its salts.</param>
/// <param name="PolicyBeforeHash">Of the policy from which the case was led to the present one; null: it was not.</param>
public sealed record ProofSummary(
    string Reference,
    DateTimeOffset MadeAt,
    string Policy,
    int PolicyVersion,
    string PolicyHash,
    string Calendar,
    int Events,
    string Head,
    int Withheld,
    bool Words,
    string? PolicyBeforeHash
);

/// <summary>
/// Files by which anyone can check, with nothing but SHA-256, that a case's history is as it was written: each event's
/// canonical string to the letter, the hash after each, the policy document. Without words it holds no personal data.
/// </summary>
public static class ProofPack
{
    /// <param name="policyDocument">The bytes of the policy that the case is pinned to.</param>
    /// <param name="words">True: what people wrote goes with it, where the asker may read all of it.</param>
    public static IReadOnlyList<ProofFile> Of(
        ReadableCase c,
        Rules rules,
        ReadOnlyMemory<byte> policyDocument,
        bool words,
        DateTimeOffset madeAt
    )
    {
        var files = new List<ProofFile>();
        var (hashes, given) = (new StringBuilder(), 0);
        var events = c.History.ToDictionary(e => e.Number);
        foreach (var (at, hash) in c.Hashes.Index())
        {
            var number = Number(at + 1);
            hashes.Append(number).Append(' ').Append(hash).Append('\n');
            if (events.TryGetValue(at + 1, out var e) && c.Canonical(e) is { } canonical)
            {
                files.Add(Text($"events/{number}.json", canonical));
                given++;
            }
            if (words && c.Sealed(at + 1) is { } said)
                files.AddRange([
                    Text($"words/{number}.json", said.Text),
                    new ProofFile($"words/{number}.salt", Convert.FromBase64String(said.Salt)),
                ]);
        }
        var before = rules.Policy.Earlier?.Policy;
        if (before is not null)
            files.Add(new ProofFile("policy-before.json", PolicyDocument.BytesOf(before)));
        var summary = new ProofSummary(
            c.Reference,
            madeAt,
            c.Policy.Id,
            c.Policy.Version,
            c.Policy.Hash,
            rules.Calendar.Name,
            c.Hashes.Count,
            c.Hashes[^1],
            c.Hashes.Count - given,
            words,
            before?.Hash
        );
        return
        [
            Text("README.txt", ProofWords.Readme(summary)),
            Text("check.py", ProofWords.Check),
            new ProofFile("summary.json", JsonSerializer.SerializeToUtf8Bytes(summary, ProofJson.Plain.ProofSummary)),
            new ProofFile("policy.json", policyDocument),
            Text("hashes.txt", hashes.ToString()),
            .. files,
        ];
    }

    private static string Number(int number) => number.ToString("0000", CultureInfo.InvariantCulture);

    private static ProofFile Text(string name, string content) => new(name, Encoding.UTF8.GetBytes(content));
}

[JsonSerializable(typeof(ProofSummary))]
internal sealed partial class ProofJson : JsonSerializerContext
{
    /// <summary>Letters as they are: the file is for people too.</summary>
    public static ProofJson Plain { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                WriteIndented = true,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}
