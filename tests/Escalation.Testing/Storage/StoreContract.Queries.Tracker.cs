using Escalation.Core.Storage;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Testing.Storage;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Urgency_puts_open_cases_by_deadline_before_ended_ones_by_end()
    {
        await AddAsync("SAN-0000-0001", AnEndedCase with { SortAt = Eleven });
        await AddAsync("SAN-0000-0002", AnOpenCase with { SortAt = Eleven });
        await AddAsync("SAN-0000-0003", AnEndedCase with { SortAt = Nine });
        await AddAsync("SAN-0000-0004", AnOpenCase with { SortAt = Ten });

        Assert.Equal(["SAN-0000-0004", "SAN-0000-0002", "SAN-0000-0003", "SAN-0000-0001"], await FindAsync(All));
        Assert.Equal(
            ["SAN-0000-0004", "SAN-0000-0002", "SAN-0000-0003", "SAN-0000-0001"],
            await FindAsync(All with { Agency = "oak-primary" })
        );
    }

    [Fact]
    public async Task Raised_puts_the_latest_raised_first()
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { RaisedAt = Ten });
        await AddAsync("SAN-0000-0002", AnEndedCase with { RaisedAt = Eleven });
        await AddAsync("SAN-0000-0003", AnOpenCase with { RaisedAt = Nine });
        var raised = All with { Sort = TrackerSort.Raised };

        Assert.Equal(["SAN-0000-0002", "SAN-0000-0001", "SAN-0000-0003"], await FindAsync(raised));
        Assert.Equal(
            ["SAN-0000-0002", "SAN-0000-0001", "SAN-0000-0003"],
            await FindAsync(raised with { Agency = "oak-primary" })
        );
        Assert.Equal(["SAN-0000-0001", "SAN-0000-0003"], await FindAsync(raised with { Status = "active" }));
    }

    [Theory]
    [InlineData("active", new[] { "SAN-0000-0001", "SAN-0000-0002" })]
    [InlineData("ended", new[] { "SAN-0000-0003", "SAN-0000-0004" })]
    [InlineData("all", new[] { "SAN-0000-0001", "SAN-0000-0002", "SAN-0000-0003", "SAN-0000-0004" })]
    [InlineData("open", new[] { "SAN-0000-0001" })]
    [InlineData("onHold", new[] { "SAN-0000-0002" })]
    [InlineData("resolved", new[] { "SAN-0000-0003" })]
    [InlineData("withdrawn", new[] { "SAN-0000-0004" })]
    [InlineData("decided", new string[0])]
    public async Task Status_chooses(string status, string[] expected)
    {
        await AddAsync("SAN-0000-0001");
        await AddAsync("SAN-0000-0002", AnOpenCase with { Status = "onHold", Deadline = null });
        await AddAsync("SAN-0000-0003", AnEndedCase);
        await AddAsync("SAN-0000-0004", AnEndedCase with { Status = "withdrawn" });

        foreach (var sort in Enum.GetValues<TrackerSort>())
        {
            var found = await FindAsync(All with { Status = status, Sort = sort });
            Assert.Equal(expected, found.Order());
        }
    }

    [Fact]
    public async Task The_default_shows_active_cases_only()
    {
        await AddAsync("SAN-0000-0001");
        await AddAsync("SAN-0000-0002", AnEndedCase);

        Assert.Equal(["SAN-0000-0001"], await FindAsync(new TrackerQuery { Now = All.Now }));
    }

    [Fact]
    public async Task Partnership_agency_and_stage_choose_alone_and_together()
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { Agencies = ["police", "oak-primary"] });
        await AddAsync(
            "SAN-0000-0002",
            AnOpenCase with
            {
                Agencies = ["oak-primary", "trust", "oak-primary"],
                Stage = "2",
            }
        );
        await AddAsync("SUF-0000-0003", AnOpenCase with { Partnership = "suffolk", Agencies = ["police"] });

        Assert.Equal(["SAN-0000-0001", "SAN-0000-0002"], await FindAsync(All with { Partnership = "sandwell" }));
        Assert.Equal(["SAN-0000-0001", "SUF-0000-0003"], await FindAsync(All with { Agency = "police" }));
        Assert.Equal(["SAN-0000-0001"], await FindAsync(All with { Agency = "police", Partnership = "sandwell" }));
        Assert.Equal(["SAN-0000-0001", "SAN-0000-0002"], await FindAsync(All with { Agency = "oak-primary" }));
        Assert.Equal(["SAN-0000-0002"], await FindAsync(All with { Stage = "2" }));
        Assert.Empty(await FindAsync(All with { Stage = "2", Agency = "police" }));
        Assert.Empty(await FindAsync(All with { Agency = "POLICE" }));
    }

    [Fact]
    public async Task A_case_is_overdue_from_the_very_deadline_while_it_is_open()
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { Deadline = Ten });
        await AddAsync("SAN-0000-0002", AnOpenCase with { Deadline = null });
        await AddAsync("SAN-0000-0003", AnEndedCase with { Deadline = Nine });
        await AddAsync("SAN-0000-0004", AnOpenCase with { Deadline = Ten.AddTicks(1) });
        var overdue = All with { Now = Ten, Overdue = true };

        Assert.Equal(["SAN-0000-0001"], await FindAsync(overdue));
        Assert.Equal(["SAN-0000-0001"], await FindAsync(overdue with { Agency = "oak-primary" }));
        Assert.Empty(await FindAsync(overdue with { Now = Ten.AddTicks(-1) }));
        Assert.Equal(
            ["SAN-0000-0002", "SAN-0000-0003", "SAN-0000-0004"],
            (await FindAsync(overdue with { Overdue = false })).Order()
        );
    }

    [Fact]
    public async Task A_case_that_went_on_hold_is_not_overdue_when_the_deadline_that_it_had_has_passed()
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { Deadline = Ten });
        Assert.True(
            await Store.WriteAsync(
                Write("SAN-0000-0001", 1, AnOpenCase with { Status = "onHold", Deadline = null }),
                CancellationToken.None
            )
        );
        var overdue = All with { Now = Eleven, Overdue = true };

        Assert.Empty(await FindAsync(overdue));
        Assert.Empty(await FindAsync(overdue with { Agency = "oak-primary" }));
        Assert.Equal(["SAN-0000-0001"], await FindAsync(overdue with { Overdue = false }));
    }

    [Theory]
    [InlineData(TrackerSort.Urgency, null)]
    [InlineData(TrackerSort.Raised, null)]
    [InlineData(TrackerSort.Urgency, "oak-primary")]
    [InlineData(TrackerSort.Raised, "oak-primary")]
    public async Task Raised_is_from_inclusive_to_exclusive(TrackerSort sort, string? agency)
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { RaisedAt = Nine });
        await AddAsync("SAN-0000-0002", AnOpenCase with { RaisedAt = Ten });
        await AddAsync("SAN-0000-0003", AnOpenCase with { RaisedAt = Eleven });
        var query = All with { Sort = sort, Agency = agency };

        Assert.Equal(
            ["SAN-0000-0001", "SAN-0000-0002"],
            (await FindAsync(query with { RaisedFrom = Nine, RaisedTo = Eleven })).Order()
        );
        Assert.Equal(["SAN-0000-0002", "SAN-0000-0003"], (await FindAsync(query with { RaisedFrom = Ten })).Order());
        Assert.Equal(["SAN-0000-0001"], await FindAsync(query with { RaisedTo = Ten }));
    }

    [Theory]
    [InlineData(TrackerSort.Urgency, null)]
    [InlineData(TrackerSort.Raised, null)]
    [InlineData(TrackerSort.Urgency, "oak-primary")]
    [InlineData(TrackerSort.Raised, "oak-primary")]
    public async Task Due_is_from_inclusive_to_exclusive_and_of_open_cases_only(TrackerSort sort, string? agency)
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { SortAt = Nine });
        await AddAsync("SAN-0000-0002", AnOpenCase with { SortAt = Ten, Status = "onHold", Deadline = null });
        await AddAsync("SAN-0000-0003", AnOpenCase with { SortAt = Eleven });
        await AddAsync("SAN-0000-0004", AnEndedCase with { SortAt = Ten });
        var query = All with { Sort = sort, Agency = agency };

        Assert.Equal(
            ["SAN-0000-0001", "SAN-0000-0002"],
            (await FindAsync(query with { DueFrom = Nine, DueTo = Eleven })).Order()
        );
        Assert.Equal(["SAN-0000-0002", "SAN-0000-0003"], (await FindAsync(query with { DueFrom = Ten })).Order());
        Assert.Equal(["SAN-0000-0001"], await FindAsync(query with { DueTo = Ten, Status = "active" }));
        Assert.Equal(
            ["SAN-0000-0002"],
            await FindAsync(query with { DueFrom = Ten, DueTo = Eleven, Status = "onHold" })
        );
    }

    [Theory]
    [InlineData("SAN-0000-0001", new[] { "SAN-0000-0001" })]
    [InlineData("san-0", new[] { "SAN-0000-0001", "SAN-0000-0002" })]
    [InlineData("0000-0001", new string[0])]
    [InlineData("a/17", new[] { "SAN-0000-0001", "SUF-0000-0003" })]
    [InlineData("A/17", new[] { "SAN-0000-0001", "SUF-0000-0003" })]
    [InlineData("%", new[] { "SAN-0000-0002" })]
    [InlineData("_", new[] { "SAN-0000-0002" })]
    [InlineData("\\", new[] { "SAN-0000-0002" })]
    [InlineData("'", new[] { "SUF-0000-0003" })]
    [InlineData("é", new[] { "SUF-0000-0003" })]
    [InlineData("É", new[] { "SUF-0000-0003" })]
    [InlineData("nowhere", new string[0])]
    [InlineData("", new[] { "SAN-0000-0001", "SAN-0000-0002", "SUF-0000-0003" })]
    public async Task Text_finds_the_start_of_a_reference_or_a_part_of_a_case_number_literally(
        string text,
        string[] expected
    )
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { CaseNumbers = ["lea/17", "trust-5"] });
        await AddAsync("SAN-0000-0002", AnOpenCase with { CaseNumbers = ["50%_off\\b"] });
        await AddAsync("SUF-0000-0003", AnOpenCase with { CaseNumbers = ["lea/179", "o'café"] });

        Assert.Equal(expected, await FindAsync(All with { Text = text }));
        Assert.Equal(expected, await FindAsync(All with { Text = text, Agency = "oak-primary" }));
    }

    [Fact]
    public async Task A_write_moves_the_case_in_every_list()
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { Agencies = ["police", "trust"], CaseNumbers = ["one"] });
        Assert.True(
            await Store.WriteAsync(
                Write("SAN-0000-0001", 1, AnEndedCase with { Agencies = ["trust", "school"], CaseNumbers = ["two"] }),
                CancellationToken.None
            )
        );

        Assert.Empty(await FindAsync(All with { Agency = "police" }));
        Assert.Equal(["SAN-0000-0001"], await FindAsync(All with { Agency = "school", Status = "ended" }));
        Assert.Equal(["SAN-0000-0001"], await FindAsync(All with { Agency = "trust", Status = "resolved" }));
        Assert.Empty(await FindAsync(All with { Agency = "trust", Status = "active" }));
        Assert.Empty(await FindAsync(All with { Text = "one" }));
        Assert.Equal(["SAN-0000-0001"], await FindAsync(All with { Text = "two" }));
    }

    [Fact]
    public async Task A_deadline_that_moves_moves_the_case_in_every_list()
    {
        await AddAsync("SAN-0000-0001", AnOpenCase with { SortAt = Nine, Deadline = Nine });
        await AddAsync("SAN-0000-0002", AnOpenCase with { SortAt = Ten, Deadline = Ten });
        Assert.True(
            await Store.WriteAsync(
                Write("SAN-0000-0001", 1, AnOpenCase with { SortAt = Eleven, Deadline = Eleven }),
                CancellationToken.None
            )
        );

        Assert.Equal(["SAN-0000-0002", "SAN-0000-0001"], await FindAsync(All));
        Assert.Equal(["SAN-0000-0002", "SAN-0000-0001"], await FindAsync(All with { Agency = "oak-primary" }));
    }
}
