using System.Text.Json.Serialization;

namespace Escalation.Core.Cases;

/// <summary>What retention removes: the person, names, addresses of people, free text, reasons. Nothing else may hold them.</summary>
public sealed record PrivateWords
{
    public Person? Person { get; init; }

    /// <summary>Names and addresses by <see cref="CaseContact.Id"/>.</summary>
    public IReadOnlyDictionary<string, PersonName>? People { get; init; }

    /// <summary>Who spoke: name and role as typed.</summary>
    public PersonName? By { get; init; }
    public PersonName? Chair { get; init; }

    /// <summary>Free text by field name: concern, details, summary, reason, …</summary>
    public IReadOnlyDictionary<string, string>? Texts { get; init; }
    public IReadOnlyList<AgreedAction>? Actions { get; init; }
    public IReadOnlyList<OtherPerson>? Others { get; init; }

    /// <summary>The agencies' own case numbers by agency id, and names of agencies outside the directory.</summary>
    public IReadOnlyDictionary<string, string>? CaseNumbers { get; init; }
    public IReadOnlyDictionary<string, string>? AgencyNames { get; init; }

    /// <summary>The calendar entry that went with an email.</summary>
    public Invitation? Invitation { get; init; }

    public string? Text(string name) => Texts is not null && Texts.TryGetValue(name, out var text) ? text : null;

    /// <summary>Words of a staff action: who, and one text.</summary>
    public static PrivateWords Of(PersonName by, string name, string? text) =>
        new()
        {
            By = by,
            Texts = string.IsNullOrWhiteSpace(text) ? null : new Dictionary<string, string> { [name] = text },
        };

    /// <inheritdoc cref="Of(PersonName, string, string?)"/>
    public static PrivateWords Of(Speaker by, string name, string? text) =>
        Of(new PersonName(by.Name, by.Role), name, text);
}
