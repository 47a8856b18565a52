using System.Globalization;
using Escalation.Web.Forms;

namespace Escalation.Web.Tests.Forms;

public sealed class TypedDateTests
{
    [Fact]
    public void A_month_is_known_by_the_beginning_of_its_name_from_three_letters_on_and_by_no_fewer()
    {
        var months = DateTimeFormatInfo.InvariantInfo.MonthNames[..12];
        foreach (var (index, name) in months.Index())
            for (var length = 1; length <= name.Length; length++)
                foreach (var typed in new[] { name[..length], name[..length].ToLowerInvariant() })
                {
                    var month = length < 3 ? typed.PadLeft(2, '0') : $"{index + 1:00}";
                    Assert.Equal($"2015-{month}-04", Joined("4", typed, "2015"));
                }
    }

    [Theory]
    [InlineData("Marhc")]
    [InlineData("Marchh")]
    [InlineData("arch")]
    public void What_begins_no_months_name_stays_as_it_was_typed(string typed) =>
        Assert.Equal($"2015-{typed}-04", Joined("4", typed, "2015"));

    private static string Joined(string day, string month, string year) =>
        new FormValues(
            new Dictionary<string, string>
            {
                ["date.day"] = day,
                ["date.month"] = month,
                ["date.year"] = year,
            }
        )["date"];
}
