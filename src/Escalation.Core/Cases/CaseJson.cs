using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Escalation.Core.Reporting;

namespace Escalation.Core.Cases;

/// <summary>An event as it is hashed: its number, instant, what happened, the command that caused it and the seal of its private words.</summary>
internal sealed record CanonicalEvent(int Number, DateTimeOffset At, CaseEvent Event, CommandMark? Command, string? Seal);

[JsonSerializable(typeof(CanonicalEvent))]
[JsonSerializable(typeof(PrivateWords))]
[JsonSerializable(typeof(CaseCommand))]
[JsonSerializable(typeof(OpenCase))]
[JsonSerializable(typeof(TrackerRow))]
internal sealed partial class CaseJson : JsonSerializerContext
{
    /// <summary>Texts keep their letters: the JSON is stored and hashed, never put into a page.</summary>
    public static CaseJson Plain { get; } = new(Rules());

    /// <summary>What somebody said, as it is digested. Written only: what is left out need not be there to be read.</summary>
    public static JsonTypeInfo<CaseCommand> SaidCommand { get; } = Said<CaseCommand>();

    /// <inheritdoc cref="SaidCommand"/>
    public static JsonTypeInfo<OpenCase> SaidOpening { get; } = Said<OpenCase>();

    private static JsonTypeInfo<T> Said<T>()
    {
        var options = Rules();
        options.TypeInfoResolver = Plain.WithAddedModifier(static type =>
        {
            foreach (var property in type.Properties)
                property.IsRequired &= property.Set is not null;
        });
        return (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
    }

    private static JsonSerializerOptions Rules() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
