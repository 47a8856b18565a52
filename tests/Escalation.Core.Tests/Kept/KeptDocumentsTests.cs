using System.Text;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Core.Tests.Cases;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Kept;

/// <summary>
/// Documents as an earlier build wrote them. A file that is there is never written anew: what was stored once is read for ever. What they
/// show is compared with the file beside, which <c>LIVES_WRITE=1</c> writes. So is the policy version that they are pinned to: it stays
/// theirs, whatever the program ships now.
/// </summary>
public sealed class KeptDocumentsTests
{
    private static string Folder => Path.Combine(KeptLivesTests.Here(), "Documents");

    public static IEnumerable<object[]> Policies { get; } = [.. Sample.Policies.Select(p => new object[] { p })];

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_kept_document_folds_hashes_and_shows_what_it_did(string policy)
    {
        var file = Path.Combine(Folder, $"{policy}.json");
        if (!File.Exists(file) && Environment.GetEnvironmentVariable("LIVES_WRITE") == "1")
            File.WriteAllBytes(file, DocumentFormat.Write(Lived(policy)));
        var bytes = File.ReadAllBytes(file);

        var document = DocumentFormat.Read(new StoredCase("kept", 1, bytes));

        Assert.Equal(document.Head, EventChain.Hashes(document.Events).Last());
        Assert.Contains(
            Convert.ToHexStringLower(document.Head),
            Encoding.UTF8.GetString(bytes),
            StringComparison.Ordinal
        );
        Assert.Equal(document.Case.Events, document.Events.Count);
        Assert.Null(document.Case.UnknownEvent);
        var shown = Shown.Of(document, Sample.Rules(policy) with { Policy = PolicyOf(document) });
        Assert.Null(KeptWords.Difference(Path.ChangeExtension(file, "txt"), shown, "LIVES_WRITE"));
    }

    public static IEnumerable<object[]> PolicyVersions { get; } =
    [
        .. System
            .IO.Directory.EnumerateFiles(Path.Combine(KeptLivesTests.Here(), "Policies"))
            .Order(StringComparer.Ordinal)
            .Select(file => new object[] { Path.GetFileNameWithoutExtension(file) }),
    ];

    [Theory]
    [MemberData(nameof(PolicyVersions))]
    public void A_policy_version_that_was_shipped_is_read_with_the_hash_it_had(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(KeptLivesTests.Here(), "Policies", $"{name}.json"));
        var policy = PolicyDocument.ReadStored(name, bytes).Policy!;
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), policy.Hash);
        Assert.Equal(bytes, PolicyDocument.BytesOf(policy).ToArray());
        Assert.Empty(PolicyDocument.Read(name, bytes).Errors);
        if (policy.Format > 1)
            return;
        // The first format has one limit for each stage.
        Assert.All(policy.Stages, stage => Assert.Single(stage.Limits));
        Assert.All(
            policy.Stages,
            stage => Assert.Equal(stage.Outcomes.Contains(Outcomes.Responded), stage.Review is not null)
        );
    }

    private static Policy PolicyOf(CaseDocument document)
    {
        var pinned = document.Case.Policy;
        var bytes = File.ReadAllBytes(Path.Combine(KeptLivesTests.Here(), "Policies", $"{pinned.Id}.json"));
        var policy = PolicyDocument.ReadStored(pinned.Id, bytes).Policy!;
        Assert.Equal((pinned.Version, pinned.Hash), (policy.Version, policy.Hash));
        return policy;
    }

    private static CaseDocument Lived(string policy)
    {
        var random = new Random(2026);
        var story = RandomLife.Open(policy, random);
        for (var step = 0; step < 40; step++)
            RandomLife.Step(story, random);
        return story.Document;
    }
}
