using Escalation.Standalone.Storage;
using Microsoft.Data.Sqlite;

namespace Escalation.Standalone.Tests.Storage;

public sealed class StatementTests : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public StatementTests()
    {
        _connection.Open();
        Sql("CREATE TABLE things (id INTEGER PRIMARY KEY, number INTEGER, text TEXT, bytes BLOB)").Run();
    }

    public void Dispose() => _connection.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("Siân Ní Bhriain, 安全 🧒\0\n'\"")]
    public void A_text_comes_back_as_it_was(string text)
    {
        Assert.Equal(text, Stored(s => s.Set("$text", text)).Text);
        var longer = string.Concat(Enumerable.Repeat(text, 500));
        Assert.Equal(longer, Stored(s => s.Set("$text", longer)).Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Bytes_come_back_as_they_were(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        Assert.Equal(bytes, Stored(s => s.Set("$bytes", bytes.AsSpan())).Bytes);
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(0L)]
    [InlineData(long.MaxValue)]
    [InlineData(null)]
    public void A_number_comes_back_as_it_was(long? number) =>
        Assert.Equal(number, Stored(s => s.Set("$number", number)).Number);

    [Fact]
    public void What_was_set_stays_and_null_takes_its_place()
    {
        using var insert = Insert().Set("$number", 1L).Set("$text", "first");
        insert.Run();
        insert.Set("$text", (string?)null).Run();
        Assert.Equal(
            [(1, "first"), (1, null)],
            Sql("SELECT number, text FROM things ORDER BY id").List(row => (row.Number(0), row.TextOrNull(1)))
        );
    }

    [Fact]
    public void A_parameter_that_was_never_set_is_named()
    {
        using var insert = Sql("INSERT INTO things (number, text) VALUES ($number, $text)").Set("$number", 1L);
        Assert.Contains(
            "$text",
            Assert.Throws<InvalidOperationException>(() => insert.Run()).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_parameter_that_this_text_lacks_is_passed_over()
    {
        using var insert = Insert().Set("$number", 1L).Set("$other", 2L).Set("$another", "three").Set("$last", [4]);
        Assert.Equal(1, insert.Run());
    }

    [Fact]
    public void A_run_that_fails_says_why_and_the_next_one_succeeds()
    {
        using var insert = Sql("INSERT INTO things (id) VALUES ($id)").Set("$id", 1L);
        insert.Run();
        Assert.Contains("UNIQUE", Assert.Throws<SqliteException>(() => insert.Run()).Message, StringComparison.Ordinal);
        Assert.Equal(1, insert.Set("$id", 2L).Run());
    }

    [Fact]
    public void A_run_that_was_not_read_to_its_end_begins_anew()
    {
        Insert().Run();
        Insert().Run();
        using var ids = Sql("SELECT id FROM things ORDER BY id");
        Assert.Equal((1, 1), (ids.First(row => row.Number(0)), ids.First(row => row.Number(0))));
    }

    [Fact]
    public void It_follows_a_change_of_the_tables()
    {
        using var all = Sql("SELECT * FROM things");
        Assert.Empty(all.List(row => row.Number(0)));
        Sql("ALTER TABLE things ADD COLUMN more TEXT DEFAULT 'more'").Run();
        Insert().Run();
        Assert.Equal(["more"], all.List(row => row.Text(4)));
    }

    [Fact]
    public void No_SQL_is_refused_when_it_is_compiled() => Assert.Throws<SqliteException>(() => Sql("SELEC 1"));

    [Fact]
    public void A_second_statement_is_not_passed_over() =>
        Assert.Throws<ArgumentException>(() => Sql("SELECT 1; SELECT 2"));

    [Fact]
    public void A_connection_goes_on_answering_more_texts_than_it_keeps_compiled_and_each_of_them_again()
    {
        using var statements = new Statements(_connection);
        for (var i = 0L; i < 500; i++)
            Assert.Equal(i % 250, statements[$"SELECT {i % 250}"].First(row => row.Number(0)));
    }

    private Statement Sql(string sql) => new(_connection.Handle!, sql);

    private Statement Insert() =>
        Sql("INSERT INTO things (number, text, bytes) VALUES ($number, $text, $bytes)")
            .Set("$number", (long?)null)
            .Set("$text", (string?)null)
            .Set("$bytes", []);

    private (long? Number, string? Text, byte[] Bytes) Stored(Action<Statement> set)
    {
        using var insert = Insert();
        set(insert);
        insert.Run();
        return Sql("SELECT number, text, bytes FROM things ORDER BY id DESC LIMIT 1")
            .First(row => (row.NumberOrNull(0), row.TextOrNull(1), row.Bytes(2).ToArray()));
    }
}
