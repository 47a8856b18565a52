using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.Json.Nodes;

namespace Escalation.Functions.Tests.Settings;

/// <summary>What the published Durable Task extension can be told in host.json, read from its assembly without running it.</summary>
internal sealed class ExtensionOptions : IDisposable
{
    private readonly PEReader _assembly = new(
        File.OpenRead(
            Path.Combine(
                AppContext.BaseDirectory,
                ".azurefunctions",
                "Microsoft.Azure.WebJobs.Extensions.DurableTask.dll"
            )
        )
    );

    private MetadataReader Metadata => _assembly.GetMetadataReader();

    /// <summary>Settings of these options that the extension does not have, by their path; those of sections as well.</summary>
    public IEnumerable<string> Unknown(JsonObject settings, string options = "DurableTaskOptions", string path = "")
    {
        var known = PropertiesOf(options);
        foreach (var (name, value) in settings)
        {
            if (!known.Contains(name))
                yield return path + name;
            else if (value is JsonObject section)
                foreach (var unknown in Unknown(section, OptionsOf(name), $"{path}{name}."))
                    yield return unknown;
        }
    }

    /// <summary>The names of an enum's values.</summary>
    public IReadOnlyList<string> ValuesOf(string type) =>
        [
            .. from field in Find(type).GetFields().Select(Metadata.GetFieldDefinition)
            where field.Attributes.HasFlag(FieldAttributes.Static)
            select Metadata.GetString(field.Name),
        ];

    /// <summary>Whether the extension has a text that begins with this: its log categories are such texts.</summary>
    public bool HasText(string start)
    {
        for (var text = MetadataTokens.UserStringHandle(1); !text.IsNil; text = Metadata.GetNextHandle(text))
            if (Metadata.GetUserString(text).StartsWith(start, StringComparison.Ordinal))
                return true;
        return false;
    }

    public void Dispose() => _assembly.Dispose();

    private static string OptionsOf(string section) =>
        section switch
        {
            "storageProvider" => "AzureStorageOptions",
            "tracing" => "TraceOptions",
            _ => throw new InvalidOperationException(
                $"Which options the section {section} is read into is not known here."
            ),
        };

    private HashSet<string> PropertiesOf(string type) =>
        [
            .. from property in Find(type).GetProperties().Select(Metadata.GetPropertyDefinition)
            let set = property.GetAccessors().Setter
            where
                !set.IsNil
                && (Metadata.GetMethodDefinition(set).Attributes & MethodAttributes.MemberAccessMask)
                    == MethodAttributes.Public
            let name = Metadata.GetString(property.Name)
            select char.ToLowerInvariant(name[0]) + name[1..],
        ];

    private TypeDefinition Find(string type) =>
        Metadata.TypeDefinitions.Select(Metadata.GetTypeDefinition).Single(t => Metadata.GetString(t.Name) == type);
}
