using Escalation.Core.Storage;
using Escalation.Standalone.Storage;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Standalone.Tests.Storage;

/// <summary>No query of the tracker or the scheduler sorts, or reads all the cases.</summary>
public sealed class QueryPlanTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private SqliteCaseStore _store = null!;

    public Task InitializeAsync()
    {
        _store = SqliteCaseStore.Open(_folder.Path);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    public static TheoryData<string, string?, string?, TrackerSort, string> Pages { get; } = Build();

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_tracker_page_walks_the_index_of_its_order(
        string status,
        string? partnership,
        string? agency,
        TrackerSort sort,
        string index
    )
    {
        var query = new TrackerQuery
        {
            Now = AnOpenCase.RaisedAt,
            Status = status,
            Partnership = partnership,
            Agency = agency,
            Sort = sort,
        };
        foreach (
            var variant in (TrackerQuery[])
                [
                    query,
                    query with
                    {
                        Cursor = "any",
                    },
                    query with
                    {
                        Stage = "1",
                        Overdue = true,
                        RaisedFrom = AnOpenCase.RaisedAt,
                        RaisedTo = AnOpenCase.RaisedAt,
                    },
                    query with
                    {
                        DueFrom = AnOpenCase.RaisedAt,
                        DueTo = AnOpenCase.RaisedAt,
                    },
                ]
        )
            AssertWalks(TrackerSql.For(variant), index);
    }

    [Fact]
    public void The_default_page_and_its_next_start_within_the_open_cases()
    {
        var query = new TrackerQuery { Now = AnOpenCase.RaisedAt, Partnership = "sandwell" };
        Assert.Contains("(ended=?)", Plan(TrackerSql.For(query)), StringComparison.Ordinal);
        Assert.Contains(
            "(ended=? AND (sort_at,reference)>(?,?))",
            Plan(TrackerSql.For(query with { Cursor = "any" })),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "(agency=? AND ended=?)",
            Plan(TrackerSql.For(query with { Agency = "police" })),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_falls_due_between_two_instants_is_walked_between_them()
    {
        var query = new TrackerQuery
        {
            Now = AnOpenCase.RaisedAt,
            DueFrom = AnOpenCase.RaisedAt,
            DueTo = AnOpenCase.RaisedAt,
        };
        Assert.Contains("(ended=? AND sort_at>? AND sort_at<?)", Plan(TrackerSql.For(query)), StringComparison.Ordinal);
        Assert.Contains(
            "(agency=? AND ended=? AND sort_at>? AND sort_at<?)",
            Plan(TrackerSql.For(query with { Agency = "police" })),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_text_is_sought_in_the_case_numbers_once() =>
        Assert.Contains(
            "LIST SUBQUERY",
            Plan(TrackerSql.For(new TrackerQuery { Now = AnOpenCase.RaisedAt, Text = "17" })),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(CaseReads.Due, "cases_next_try")]
    [InlineData(CaseReads.DuePlaces, "COVERING INDEX cases_next_try")]
    [InlineData(CaseReads.WaitingPlaces, "COVERING INDEX cases_next_try")]
    [InlineData(CaseReads.Earliest, "COVERING INDEX cases_next_try")]
    [InlineData(SqliteCaseQueries.OverdueWakes, "cases_next_try")]
    [InlineData(SqliteCaseQueries.OverdueWakes, "cases_failing")]
    [InlineData(SqliteCaseQueries.Failing, "cases_failing")]
    [InlineData(CaseReads.RetentionDue, "cases_retain_until")]
    [InlineData(CaseWriter.Reclaim, "cases_next_try")]
    public void A_query_of_the_scheduler_walks_its_partial_index(string sql, string index) => AssertWalks(sql, index);

    [Theory]
    [InlineData(CaseReads.Due)]
    [InlineData(CaseReads.One)]
    public void A_document_is_put_together_without_a_sort(string sql)
    {
        Assert.Contains("SEARCH p USING INDEX document_parts_case (case_id=?)", Plan(sql), StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", Plan(sql), StringComparison.Ordinal);
    }

    [Fact]
    public void Similar_cases_are_found_by_their_similarity_key() =>
        Assert.Contains(
            "USING INDEX cases_likeness (likeness=? AND partnership=?)",
            Plan(SqliteCaseQueries.Similar),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_case_is_found_by_the_key_of_its_operation() =>
        Assert.Contains(
            "SEARCH o USING PRIMARY KEY (operation=?)",
            Plan(CaseReads.Operation),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(null, null, "cases_raised")]
    [InlineData("sandwell", null, "cases_raised")]
    [InlineData("sandwell", "police", "PRIMARY KEY (agency=? AND (raised_at,reference)>(?,?)")]
    public void A_scan_walks_the_index_by_date_raised(string? partnership, string? agency, string index)
    {
        AssertWalks(Scan.Sql(new CaseScan(partnership, Agency: agency)), index);
        AssertWalks(Scan.Sql(new CaseScan(partnership, Agency: agency, OpenOnly: true)), index);
    }

    /// <summary>They go on where a page of the table is damaged.</summary>
    [Theory]
    [InlineData(null, null, "USING COVERING INDEX cases_raised")]
    [InlineData("sandwell", null, "USING COVERING INDEX cases_raised")]
    [InlineData("sandwell", "police", "PRIMARY KEY (agency=? AND (raised_at,reference)>(?,?)")]
    public void The_places_of_a_scan_need_their_index_alone(string? partnership, string? agency, string index)
    {
        AssertWalks(Scan.Places(new CaseScan(partnership, Agency: agency)), index);
        AssertWalks(Scan.Places(new CaseScan(partnership, Agency: agency, OpenOnly: true)), index);
    }

    private static TheoryData<string, string?, string?, TrackerSort, string> Build()
    {
        var pages = new TheoryData<string, string?, string?, TrackerSort, string>();
        foreach (var status in (string[])["active", "ended", "all", "onHold"])
        {
            foreach (var partnership in (string?[])["sandwell", null])
            {
                pages.Add(status, partnership, null, TrackerSort.Urgency, "cases_urgency");
                pages.Add(status, partnership, null, TrackerSort.Raised, "cases_raised");
                pages.Add(status, partnership, "police", TrackerSort.Urgency, "case_agencies_urgency");
                pages.Add(status, partnership, "police", TrackerSort.Raised, "PRIMARY KEY (agency=?");
            }
        }

        return pages;
    }

    private void AssertWalks(string sql, string index)
    {
        var plan = Plan(sql);
        Assert.Contains(index, plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"SCAN (c|cases)\b(?! USING)", plan);
    }

    private string Plan(string sql)
    {
        using var connection = Connections.OpenReader(_folder[StoreFile.Name]);
        using var statement = new Statement(connection.Handle!, "EXPLAIN QUERY PLAN " + sql);
        foreach (
            var name in (string[])
                [
                    "$now",
                    "$until",
                    "$take",
                    "$partnership",
                    "$agency",
                    "$status",
                    "$stage",
                    "$raised_from",
                    "$raised_to",
                    "$due_from",
                    "$due_to",
                    "$text",
                    "$lower",
                    "$last_ended",
                    "$last_at",
                    "$last_reference",
                    "$likeness",
                    "$at",
                    "$reference",
                    "$to",
                    "$chunk",
                    "$operation",
                ]
        )
            statement.Set(name, 1L);
        return string.Join('\n', statement.List(row => row.Text(3)));
    }
}
