using System.Text.Json;

namespace Escalation.Core.Policies;

/// <summary>What stands at a line of a form, as a document names it.</summary>
public abstract record RecordSource
{
    private const string OfIntake = "fields.",
        OfStages = "asked.";

    /// <summary>The words for what a policy asks by itself.</summary>
    internal const string OwnPattern = "^(fields|asked)\\.[a-z][A-Za-z0-9]*$";

    private RecordSource() { }

    public sealed record OfEveryCase(RecordItem Item) : RecordSource;

    /// <param name="Id">Of one of the policy's own fields.</param>
    public sealed record Field(string Id) : RecordSource;

    /// <param name="Id">Of what a stage requires of an outcome.</param>
    public sealed record Asked(string Id) : RecordSource;

    /// <summary>The words for what every case has.</summary>
    public static IReadOnlyDictionary<string, RecordItem> Words { get; } =
        Enum.GetValues<RecordItem>().ToDictionary(item => JsonNamingPolicy.CamelCase.ConvertName(item.ToString()));

    /// <summary>Null: this program knows no such word.</summary>
    public static RecordSource? Read(string word) =>
        word.StartsWith(OfIntake, StringComparison.Ordinal) ? new Field(word[OfIntake.Length..])
        : word.StartsWith(OfStages, StringComparison.Ordinal) ? new Asked(word[OfStages.Length..])
        : Words.TryGetValue(word, out var item) ? new OfEveryCase(item)
        : null;

    /// <summary>Whether it has a name of its own, by which it is told apart from others on the same line.</summary>
    public bool IsNamed =>
        this switch
        {
            Field or Asked => true,
            OfEveryCase every => every.Item
                is RecordItem.Concern
                    or RecordItem.Details
                    or RecordItem.Evidence
                    or RecordItem.OutcomeSought,
            _ => throw new InvalidOperationException($"Nothing is known of {GetType().Name}."),
        };

    /// <summary>Everything that a line of a policy's forms may show, as its document names it.</summary>
    internal static IEnumerable<string> Known(Policy policy) =>
        Words
            .Keys.Concat(policy.Fields.Select(f => OfIntake + f.Id))
            .Concat(policy.Stages.SelectMany(s => s.Requires).Select(f => OfStages + f.Id).Distinct());
}
