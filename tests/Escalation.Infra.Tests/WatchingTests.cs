using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Escalation.Infra.Tests.Compiling;

namespace Escalation.Infra.Tests;

/// <summary>The alerts, the workbook, and what becomes of a delivery report that can't be delivered.</summary>
public sealed partial class WatchingTests
{
    private const string OnLogs = "Microsoft.Insights/scheduledQueryRules",
        OnMetrics = "Microsoft.Insights/metricAlerts";

    private static readonly IReadOnlyList<JsonObject> Alerts =
    [
        .. Given.Full.Of(OnLogs),
        .. Given.AfterDeployment.Of(OnLogs),
        .. Given.Full.Of(OnMetrics),
    ];

    [Fact]
    public void Every_alert_tells_the_address_and_the_action_group_that_are_given()
    {
        string[] told = [Given.Full.One("Microsoft.Insights/actionGroups").Text("id"), Given.OwnActionGroup];

        Assert.Equal(7, Alerts.Count);
        Assert.All(Alerts, alert => Assert.Equal(told, Groups(alert)));
        Assert.All([.. Given.Usual.Of(OnLogs), .. Given.Usual.Of(OnMetrics)], alert => Assert.Empty(Groups(alert)));

        static IReadOnlyList<string> Groups(JsonObject alert) =>
            alert.Text("type") == OnLogs
                ? alert.Texts("properties.actions.actionGroups")
                : [.. alert.At("properties.actions")!.AsArray().Select(action => action!.Text("actionGroupId"))];
    }

    [Fact]
    public void Every_query_gives_the_Value_that_its_alert_looks_at()
    {
        Assert.All(
            Alerts.Where(alert => alert.Text("type") == OnLogs),
            alert =>
            {
                Assert.Matches(GivesValue(), Query(alert));
                var condition = alert.At("properties.criteria.allOf.0")!;
                Assert.Equal("Value", condition.Text("metricMeasureColumn"));
                Assert.Equal(("Maximum", "GreaterThan", "0"), Condition(condition));
            }
        );
    }

    [Fact]
    public void Failed_notices_are_news_when_they_become_more_and_not_when_they_become_fewer() =>
        Assert.EndsWith(
            "| order by TimeGenerated asc | extend Rise = Sum - prev(Sum) | where Rise > 0 | summarize Value = sum(Rise)",
            Query(Given.Full.One(OnLogs, "-failed-notices")),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_missing_sweep_is_watched_for_only_once_the_code_is_deployed_and_has_had_half_an_hour()
    {
        Assert.DoesNotContain(Given.Full.Of(OnLogs), alert => Query(alert).Contains("Sweep", StringComparison.Ordinal));
        Assert.EndsWith(
            "| project Value = iff(coalesce(Last, datetime(2026-12-01 09:00:00Z)) < ago(30m), 1, 0)",
            Query(Given.AfterDeployment.One(OnLogs, "-no-sweep")),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("-server-errors", "Microsoft.Web/sites", "Http5xx", "5")]
    [InlineData("-dead-letters", "Microsoft.EventGrid/systemTopics", "DeadLetteredCount", "0")]
    [InlineData("-dropped-reports", "Microsoft.EventGrid/systemTopics", "DroppedEventCount", "0")]
    public void The_platform_s_metrics_are_watched(string name, string type, string metric, string above)
    {
        var alert = Given.Full.One(OnMetrics, name);
        var condition = alert.At("properties.criteria.allOf.0")!;

        Assert.Equal([Given.Full.One(type).Text("id")], alert.Texts("properties.scopes"));
        Assert.Equal(metric, condition.Text("metricName"));
        Assert.Equal(("Total", "GreaterThan", above), Condition(condition));
        Assert.Equal("true", condition.Text("skipMetricValidation"));
    }

    [Fact]
    public void The_workbook_has_a_chart_of_what_each_alert_watches()
    {
        var workbook = JsonNode.Parse(
            Given.Full.One("Microsoft.Insights/workbooks").Text("properties.serializedData")
        )!;
        var items = workbook["items"]!.AsArray().Select(item => item!).ToList();

        Assert.Equal(Alerts.Count + 2, items.Count);
        foreach (var alert in Alerts)
        {
            var chart = items.Single(item =>
                alert.Text("name").EndsWith("-" + item.Text("name"), StringComparison.Ordinal)
            );
            if (alert.Text("type") == OnLogs)
                Assert.StartsWith(
                    Source().Match(Query(alert)).Value,
                    chart.Text("content.query"),
                    StringComparison.Ordinal
                );
            else
                Assert.Equal(
                    alert.Text("properties.criteria.allOf.0.metricName"),
                    chart.Text("content.metrics.0.metric").Split("--")[1]
                );
        }
    }

    [Fact]
    public void A_report_that_cannot_be_delivered_is_kept_where_a_rule_deletes_it_in_a_month()
    {
        var subscription = Given.AfterDeployment.One("Microsoft.EventGrid/systemTopics/eventSubscriptions");
        var letters = subscription.At("properties.deadLetterWithResourceIdentity")!;
        var rule = Given
            .Full.One("Microsoft.Storage/storageAccounts/managementPolicies")
            .At("properties.policy.rules.0")!;
        var place = letters.At("deadLetterDestination.properties")!;
        var container = Given.Full.One(
            "Microsoft.Storage/storageAccounts/blobServices/containers",
            "/" + place.Text("blobContainerName")
        );

        Assert.Equal("SystemAssigned", letters.Text("identity.type"));
        Assert.Equal("SystemAssigned", Given.Full.One("Microsoft.EventGrid/systemTopics").Text("identity.type"));
        Assert.StartsWith(place.Text("resourceId") + "/blobServices/", container.Text("id"), StringComparison.Ordinal);
        Assert.Equal([place.Text("blobContainerName") + "/"], rule.Texts("definition.filters.prefixMatch"));
        Assert.Equal("true", rule.Text("enabled"));
        Assert.Equal("30", rule.Text("definition.actions.baseBlob.delete.daysAfterCreationGreaterThan"));
    }

    [Fact]
    public void No_log_is_collected_that_names_a_case_or_an_address()
    {
        var settings = Given.Full.Of("Microsoft.Insights/diagnosticSettings");
        var logs = settings
            .SelectMany(setting => setting.At("properties.logs")?.AsArray() ?? [])
            .Select(log => log!.Text("category"));

        Assert.Equal(["AuditEvent", "ControlPlaneRequests"], logs.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(
            settings,
            setting => setting.Text("id").Contains("/Microsoft.Web/", StringComparison.Ordinal)
        );
    }

    private static (string, string, string) Condition(JsonNode condition) =>
        (condition.Text("timeAggregation"), condition.Text("operator"), condition.Text("threshold"));

    private static string Query(JsonObject alert) => alert.Text("properties.criteria.allOf.0.query");

    /// <summary>Its first steps, which only choose rows.</summary>
    [GeneratedRegex(@"^\w+( \| where [^|]+)+(?= \|)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Source();

    [GeneratedRegex(@"\| (summarize|project) Value = [^|]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GivesValue();
}
