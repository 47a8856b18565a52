using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Escalation.Web.Tests.Leaks;

/// <summary>A word that stands in one place of the story, and who may know what is said there.</summary>
/// <param name="isWord">False: a date or a reference, which the program makes.</param>
public sealed class Mark(string text, string where, bool isWord, Func<Who, bool> mayKnow)
{
    public string Text => text;
    public string Where => where;
    public bool IsWord => isWord;
    public Func<Who, bool> MayKnow { get; set; } = mayKnow;

    public bool IsIn(string text) => text.Contains(Text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// Makes the bodies of the story: every text that a body's type has gets a word of its own, so that a new one is marked without being named
/// here.
/// </summary>
/// <param name="prefix">What every word begins with.</param>
public sealed class Marks(string prefix = "Zq")
{
    private readonly List<Mark> _all = [];

    public IReadOnlyList<Mark> All => _all;

    /// <summary>A text that the program makes itself.</summary>
    public void Add(string text, string where, Func<Who, bool> mayKnow) =>
        _all.Add(new(text, where, isWord: false, mayKnow));

    /// <summary>From now on more people may know what was said there.</summary>
    public void Open(string where, Func<Who, bool> mayKnow)
    {
        Assert.Contains(_all, m => m.Where == where);
        _all.ForEach(m => m.MayKnow = m.Where == where ? mayKnow : m.MayKnow);
    }

    /// <summary>As <see cref="Open"/>, for what was said there last.</summary>
    public void OpenLast(string where, Func<Who, bool> mayKnow) =>
        _all.FindLast(m => m.Where == where)!.MayKnow = mayKnow;

    /// <param name="given">What is not to be marked, by name: a value, null for nothing, an object for what is given inside.</param>
    public JsonObject Body(Type type, string where, Func<Who, bool> mayKnow, JsonObject given)
    {
        var body = new JsonObject();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!property.CanWrite || property.GetCustomAttribute<JsonIgnoreAttribute>() is not null)
                continue;
            var name = char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
            var (here, value) = ($"{where}.{name}", given[name]);
            if (given.ContainsKey(name) && (value is not JsonObject || !IsOurs(property.PropertyType)))
                body[name] = value?.DeepClone();
            else
                body[name] = Value(property.PropertyType, name, here, mayKnow, value as JsonObject ?? []);
        }
        return body;
    }

    private JsonNode? Value(Type type, string name, string where, Func<Who, bool> mayKnow, JsonObject given)
    {
        if (type == typeof(string))
            return name == "email"
                ? $"{New(where, who => who.IsManager && mayKnow(who)).ToLowerInvariant()}@school.example.org"
                : New(where, mayKnow);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return Value(type.GenericTypeArguments[0], name, where, mayKnow, given) is { } item
                ? new JsonArray(item)
                : null;
        return IsOurs(type) ? Body(type, where, mayKnow, given) : null;
    }

    private string New(string where, Func<Who, bool> mayKnow)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{prefix}{_all.Count:000}x");
        _all.Add(new(text, where, isWord: true, mayKnow));
        return text;
    }

    private static bool IsOurs(Type type) =>
        type.IsClass && type.Namespace?.StartsWith("Escalation", StringComparison.Ordinal) == true;
}
