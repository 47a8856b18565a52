using System.Text.Json;

namespace Escalation.Core.Policies;

/// <summary>The forms that are printed from a case.</summary>
public static class RecordForms
{
    private static readonly RecordForm Plain = ReadPlain();

    /// <summary>
    /// A policy's forms in their order. Where its document has none, those of the built-in policy of the same id as the program has it now:
    /// documents from before there were forms in them, and what a partnership made of these. Else the plain form.
    /// </summary>
    public static IReadOnlyList<RecordForm> For(Policy policy) =>
        policy.Forms ?? PolicyCatalogue.BuiltIn.Find(policy.Id)?.Forms ?? [Plain];

    private static RecordForm ReadPlain()
    {
        using var stream = typeof(RecordForms).Assembly.GetManifestResourceStream("forms/plain.json")!;
        return JsonSerializer.Deserialize<RecordForm>(stream, PolicyDocument.Options)!;
    }
}
