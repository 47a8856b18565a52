using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Escalation.Core.Policies;

/// <summary>What the fields of a policy document mean, as the comments of the types say that it is read into.</summary>
/// <param name="comments">The compiler's XML documentation of this assembly.</param>
internal sealed partial class PolicyDescriptions(XDocument comments)
{
    private readonly Dictionary<string, XElement> _members = comments
        .Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value);

    /// <summary>
    /// The comment of the field, or that of its type where it has none of its own; then what each word of a closed list means.
    /// </summary>
    public string Of(JsonPropertyInfo property)
    {
        var list = property.Options.GetTypeInfo(property.PropertyType).ElementType ?? property.PropertyType;
        var type = Nullable.GetUnderlyingType(list) ?? list;
        var name = ((MemberInfo)property.AttributeProvider!).Name;
        var own = Summary($"P:{property.DeclaringType.FullName}.{name}") ?? Summary($"T:{type.FullName}");
        var listed =
            type.IsEnum ? type
            : property is { Name: "shows" } && property.DeclaringType == typeof(RecordLine) ? typeof(RecordItem)
            : null;
        return listed is null ? own ?? "" : string.Join(' ', [own, .. Words(listed, property.Options)]);
    }

    private IEnumerable<string> Words(Type type, JsonSerializerOptions options) =>
        from object value in Enum.GetValuesAsUnderlyingType(type)
        let member = Enum.ToObject(type, value)
        let word = JsonSerializer.SerializeToElement(member, type, options).GetString()
        select $"{word}: {Summary($"F:{type.FullName}.{member}")}";

    private string? Summary(string member) =>
        _members.GetValueOrDefault(member)?.Element("summary") is { } summary
            ? Spaces().Replace(string.Concat(summary.Nodes().Select(Plain)), " ").Trim()
            : null;

    /// <summary>Fields and words by the names that documents give them.</summary>
    private static string Plain(XNode node) =>
        node switch
        {
            XElement { Name.LocalName: "see" } see => Named(see.Attribute("cref")!.Value.Split('.')[^1]),
            XElement { Name.LocalName: "paramref" } parameter => Named(parameter.Attribute("name")!.Value),
            XElement element => element.Value,
            XText text => text.Value,
            _ => "",
        };

    private static string Named(string member) => JsonNamingPolicy.CamelCase.ConvertName(member);

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
