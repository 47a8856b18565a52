namespace Escalation.Web.Forms;

/// <summary>Yes or no, in the words that forms and check boxes send: "yes", "Yes", "true", "on", "no", "false".</summary>
internal static class TypedFlag
{
    public static bool? Read(string text) =>
        TypedText.Trim(text).ToLowerInvariant() switch
        {
            "yes" or "true" or "on" or "1" => true,
            "no" or "false" or "off" or "0" => false,
            _ => null,
        };
}
