using Escalation.Infra.Tests.Compiling;

namespace Escalation.Infra.Tests;

/// <summary>The budget of the resource group, which there is only where one is asked for.</summary>
public sealed class BudgetTests
{
    [Fact]
    public void It_tells_the_owners_and_each_whom_alerts_tell_once()
    {
        var budget = Given.Full.One("Microsoft.Consumption/budgets");

        Assert.Equal("200", budget.Text("properties.amount"));
        Assert.Equal(["spent80", "spent100", "expected100"], budget.Names("properties.notifications"));
        Assert.All(
            budget.Names("properties.notifications"),
            name =>
            {
                Assert.Empty(budget.Texts($"properties.notifications.{name}.contactEmails"));
                Assert.Equal(["Owner"], budget.Texts($"properties.notifications.{name}.contactRoles"));
                Assert.Equal(2, budget.Texts($"properties.notifications.{name}.contactGroups").Count);
            }
        );
    }

    /// <summary>Azure refuses another start for a budget that is there.</summary>
    [Fact]
    public void Its_start_does_not_move_with_the_calendar() =>
        Assert.Equal(
            "2026-12-01",
            Given.Full.One("Microsoft.Consumption/budgets").Text("properties.timePeriod.startDate")
        );

    [Theory]
    [InlineData("param budgetFrom = '2026-12-01'", "ESCALATION_ALERT_EMAIL")]
    [InlineData("param alertEmail = 'alerts@example.gov.uk'", "ESCALATION_BUDGET_FROM")]
    public void One_that_would_tell_nobody_or_has_no_start_is_refused_in_words(string given, string lacking)
    {
        var parameters = $"""
            param environmentName = 'test'
            param location = 'uksouth'
            param monthlyBudget = 200
            {given}
            """;
        var fault = Assert.Throws<InvalidOperationException>(() => Bicep.Snapshot("infra/main.bicep", parameters));

        Assert.Contains(lacking, fault.Message, StringComparison.Ordinal);
    }
}
