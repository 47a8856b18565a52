using System.Globalization;
using Escalation.Web.Forms;

namespace Escalation.Web.Tests.Policies;

public sealed class TypedTimeTests
{
    [Theory]
    [InlineData("10am", "10:00")]
    [InlineData("10 AM", "10:00")]
    [InlineData("9:05am", "09:05")]
    [InlineData("4.30pm", "16:30")]
    [InlineData("04:30 pm", "16:30")]
    [InlineData("12pm", "12:00")]
    [InlineData("12am", "00:00")]
    [InlineData("16:30", "16:30")]
    [InlineData("9.15", "09:15")]
    [InlineData("00:00", "00:00")]
    [InlineData("midday", "12:00")]
    [InlineData("Noon", "12:00")]
    [InlineData("midnight", "00:00")]
    public void A_time_is_understood(string typed, string time)
    {
        Assert.True(TypedTime.TryParse(typed, out var parsed));
        Assert.Equal(TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture), parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("25:00")]
    [InlineData("13pm")]
    [InlineData("10:60")]
    [InlineData("m")]
    [InlineData("soon")]
    public void What_is_no_time_is_none(string typed) => Assert.False(TypedTime.TryParse(typed, out _));
}
