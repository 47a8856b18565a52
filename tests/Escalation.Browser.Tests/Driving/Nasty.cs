namespace Escalation.Browser.Tests.Driving;

/// <summary>What people paste: markup, right-to-left text, emoji, and far too much of it.</summary>
internal static class Nasty
{
    public const string Markup =
        "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\"> & \"quoted\" 'text'";
    public const string RightToLeft = "\u202Eشكرا جزيلا \u05E9\u05DC\u05D5\u05DD";
    public static string Long { get; } = new string('W', 10_000);

    /// <summary>Opens a case that has it everywhere, and returns its reference.</summary>
    /// <param name="receiving">An agency of the directory; null: one that nobody has heard of, with a name to match.</param>
    public static async Task<string> OpenAsync(Site site, string? receiving = null)
    {
        var opened = await site.PostAsync(
            "/api/escalations",
            new
            {
                policy = "sandwell",
                person = new
                {
                    kind = "child",
                    name = $"{Markup} {RightToLeft} 👩‍👩‍👧‍👦",
                    dateOfBirth = "2015-03-04",
                    address = Long[..1_000],
                },
                raisedBy = new
                {
                    agency = "oak-primary",
                    name = Markup,
                    role = RightToLeft,
                    email = "ann@oak-primary.example.org",
                    caseNumber = "<b>1</b>",
                },
                receivedBy = new
                {
                    agency = receiving ?? "other",
                    agencyName = receiving is null ? $"{Markup} 👋 {RightToLeft}" : null,
                    name = RightToLeft,
                    email = receiving is null ? null : $"ravi@{receiving}.example.org",
                },
                nature = new[] { "other" },
                natureOther = Markup,
                concern = Markup,
                details = Long,
                evidence = $"{RightToLeft}\n\n{Markup}",
                outcomeSought = "👍🏽",
            }
        );
        return opened.GetProperty("reference").GetString()!;
    }
}
