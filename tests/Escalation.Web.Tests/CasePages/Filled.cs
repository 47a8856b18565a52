namespace Escalation.Web.Tests.CasePages;

/// <summary>What a form of a case's page is filled in with.</summary>
internal static class Filled
{
    public static (string, string) By { get; } = ("by.name", "Sam Speaker");
    public static (string, string) InNameOfSchool { get; } = ("by.agency", "school");
    public static IEnumerable<(string, string)> Discussed =>
        Parse("discussedOn.day=25&discussedOn.month=9&discussedOn.year=2026");

    public static IEnumerable<(string Name, string Value)> Parse(string filled) =>
        filled.Split('&').Select(f => f.Split('=')).Select(f => (f[0], f[1]));
}
