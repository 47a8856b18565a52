using System.Text.RegularExpressions;

namespace Escalation.Web.Tests.Browsing;

/// <summary>The product's own classes: one name has one meaning, on every page.</summary>
public sealed partial class StylesTests
{
    [Fact]
    public void A_class_of_ours_is_defined_in_one_file_and_only_changed_on_paper_elsewhere()
    {
        var places = Directory
            .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Assets"), "_*.scss")
            .SelectMany(file =>
                Own()
                    .Matches(PrintRules().Replace(File.ReadAllText(file), ""))
                    .Select(m => (Class: m.Groups[1].Value, File: Path.GetFileName(file)))
            )
            .Where(p => p.File != "_print.scss")
            .Distinct()
            .ToLookup(p => p.Class, p => p.File);
        Assert.True(places.Count > 50);
        Assert.All(places, p => Assert.True(p.Count() == 1, $"{p.Key} stands in {string.Join(" and ", p)}."));
    }

    /// <summary>A rule that begins with a class of ours, up to its element or modifier.</summary>
    [GeneratedRegex(
        @"^\.(esc-[a-z]+(?:-[a-z]+)*(?:--[a-z-]+)?)\s*[{,]",
        RegexOptions.Multiline | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Own();

    [GeneratedRegex(
        @"^@media print \{.*?^\}",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex PrintRules();
}
