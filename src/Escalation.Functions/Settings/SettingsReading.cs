using Escalation.Web.GovUkNotify;
using Microsoft.Extensions.Configuration;

namespace Escalation.Functions.Settings;

/// <summary>Reads settings and collects what is wrong with them. Values are never repeated: they may be secrets.</summary>
internal sealed class SettingsReading(IConfigurationSection section)
{
    private static readonly Uri None = new("https://unset.invalid");
    private readonly List<string> _faults = [];

    public string? Optional(string name) => section[name] is { Length: > 0 } value ? value : null;

    public string Text(string name, string what, Func<string, bool> isRight) =>
        Required(name) is null ? "" : OptionalText(name, what, isRight) ?? "";

    public string? OptionalText(string name, string what, Func<string, bool> isRight)
    {
        var value = Optional(name);
        if (value is not null && !IsUnresolved(name, value) && !isRight(value))
            Fault(name, $"must be {what}");
        return value;
    }

    /// <summary>HTTPS; HTTP only on this machine.</summary>
    public Uri Url(string name)
    {
        if (Required(name) is not { } value)
            return None;
        if (
            Uri.TryCreate(value, UriKind.Absolute, out var url)
            && (url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback))
            && url.Query.Length + url.Fragment.Length == 0
        )
            return url;
        Fault(name, "must be an https address without query (http only on this machine)");
        return None;
    }

    public byte[] Key(string name, int length) => Required(name) is null ? [] : OptionalKey(name, length) ?? [];

    public byte[]? OptionalKey(string name, int length)
    {
        if (Optional(name) is not { } value || IsUnresolved(name, value))
            return null;
        var bytes = new byte[value.Length];
        if (Convert.TryFromBase64String(value, bytes, out var written) && written == length)
            return bytes[..written];
        Fault(name, $"must be {length} bytes in base64");
        return null;
    }

    /// <summary>Null where the section <c>Notify</c> sets nothing.</summary>
    public NotifySettings? Notify()
    {
        var notify = section.GetSection("Notify");
        return NotifySettings.Read(
            notify.GetChildren().Select(c => c.Key),
            name => Optional($"Notify:{name}"),
            FaultOfNotify
        );

        void FaultOfNotify(string name, string must)
        {
            var variable = name.Replace(":", "__", StringComparison.Ordinal);
            if (Optional(name) is not { } value || !IsUnresolved(variable, value))
                Fault(variable, must);
        }
    }

    public void Fault(string name, string what) => _faults.Add($"{FunctionsSettings.Section}__{name} {what}.");

    public void ThrowIfFaulty()
    {
        if (_faults.Count > 0)
            throw new SettingsFault(_faults);
    }

    private string? Required(string name)
    {
        if (Optional(name) is { } value)
            return value;
        Fault(name, "is not set");
        return null;
    }

    /// <summary>The platform leaves a reference as it stands when it cannot read the secret.</summary>
    private bool IsUnresolved(string name, string value)
    {
        if (!value.StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase))
            return false;
        Fault(
            name,
            "is a Key Vault reference that was not resolved: look at the secret and the identity's role on the vault"
        );
        return true;
    }
}

/// <summary>The settings are wrong; the message has a line for each fault.</summary>
public sealed class SettingsFault(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults => faults;
}
